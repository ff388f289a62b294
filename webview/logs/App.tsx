import type { VNode } from 'preact';
import { Button, ProgressRing } from '../ui/controls';
import { Icon } from '../ui/Icon';
import { Splitter } from '../ui/Splitter';
import { useStore, type Store } from '../ui/store';
import { useSize } from '../ui/useSize';
import type { LogDetail } from '../../src/protocol/logDetail';
import { LogGrid } from './LogGrid';
import type { LogList } from './logList';
import { LogPane } from './LogPane';
import { fitPane, type PaneSizes } from './paneSizes';
import { Toolbar } from './Toolbar';

export interface AppProps {
  readonly list: LogList;
  readonly sizes: Store<PaneSizes>;
  readonly onOpen: (log: LogDetail) => void;
  readonly onCopyEnvironment: () => void;
}

/** Toolbar over the list, with the selected record beside it, or below it on a narrow page. */
export function App({ list, sizes, onOpen, onCopyEnvironment }: AppProps): VNode {
  useStore(list.version);
  const wanted = useStore(sizes);
  const { ref, size } = useSize<HTMLElement>();
  const { stacked, ...pane } = fitPane(wanted, size);
  const { selected } = list;
  return (
    <div class="app">
      <Toolbar list={list} />
      {list.problem === undefined || list.rows === 0 ? null : <Problem list={list} message={list.problem} />}
      <main class={stacked ? 'body stacked' : 'body'} ref={ref}>
        {list.rows === 0 ? (
          <Empty list={list} onCopyEnvironment={onCopyEnvironment} />
        ) : (
          <LogGrid list={list} onOpen={onOpen} />
        )}
        {selected === undefined ? null : (
          <>
            <Splitter
              label={stacked ? 'Height of the details' : 'Width of the details'}
              orientation={stacked ? 'horizontal' : 'vertical'}
              after
              {...pane}
              onChange={value => sizes.set({ ...wanted, [stacked ? 'detailHeight' : 'detailWidth']: value })}
            />
            <div
              class="detail-pane"
              style={{ height: stacked ? `${pane.value}px` : '', width: stacked ? '' : `${pane.value}px` }}
            >
              <LogPane
                log={selected.log}
                onOpen={() => onOpen(selected.log)}
                onClose={() => list.select(undefined)}
              />
            </div>
          </>
        )}
      </main>
    </div>
  );
}

function Problem({ list, message }: { readonly list: LogList; readonly message: string }): VNode {
  return (
    <div class="notice" role="alert">
      <p>
        <Icon name="warning" class="warning" /> {message}
      </p>
      <Button onClick={() => list.retry()}>Retry</Button>
    </div>
  );
}

function Empty({ list, onCopyEnvironment }: Pick<AppProps, 'list' | 'onCopyEnvironment'>): VNode {
  const { options, problem, loading } = list;
  if (problem !== undefined)
    return (
      <div class="centred">
        <Problem list={list} message={problem} />
      </div>
    );
  if (loading)
    return (
      <div class="centred loading">
        <ProgressRing label="Loading the log records" />
      </div>
    );
  if (options.minSeverity !== undefined)
    return (
      <div class="centred">
        <p>No log record of this severity is stored.</p>
        <Button onClick={() => list.set({ ...options, minSeverity: undefined })}>Show All Severities</Button>
      </div>
    );
  return (
    <div class="centred">
      <p>Waiting for the first log record.</p>
      <p class="quiet">
        A program whose OpenTelemetry SDK exports logs sends them here when it starts with the OTLP
        environment. Records appear as they come, and those of a span also beside it in its waterfall.
      </p>
      <Button onClick={onCopyEnvironment}>Copy OTLP Environment</Button>
    </div>
  );
}
