import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { Section } from '../../ui/Section';
import { useStore } from '../../ui/store';
import type { WaterfallModel } from '../model/waterfallModel';
import { Logs } from './Logs';
import type { LogLoader } from './logLoader';

/** The log records of all spans, and those that name the trace alone; nothing where there are none. */
export function TraceLogs({
  model,
  loader,
}: {
  readonly model: WaterfallModel;
  readonly loader: LogLoader;
}): VNode | null {
  const shown = useStore(loader.shown);
  useEffect(() => {
    void loader.load(undefined);
    return () => loader.forget();
  }, [loader]);
  if (!shown || (shown.total === 0 && shown.problem === undefined)) return null;
  const { columns } = model;
  return (
    <Section title="Logs of the trace" count={shown.total}>
      {() => <Logs shown={shown} loader={loader} interval={{ start: columns.base }} columns={columns} />}
    </Section>
  );
}
