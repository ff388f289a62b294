import { useEffect, useMemo, useState } from 'preact/hooks';
import { attributesFromJson } from '../../../../src/core/formats/attributesFromJson';
import { AttributeReader } from '../../../../src/core/semantics/attributeReader';
import { categories } from '../../../../src/core/semantics/category';
import type { TraceColumns } from '../../../../src/core/columns/traceColumns';
import type { SpanDetail } from '../../../../src/protocol/spanDetail';
import type { WaterfallModel } from '../../model/waterfallModel';
import { usePage } from '../../pageContext';

/** An entry point has a few steps of its own before it hands on; those behind them are other work. */
const mostSteps = 4;
const mostChildren = 32;

/** The attributes of an entry point and of the steps below it that decide about the request; its own count first. */
export function useStepAttributes(
  model: WaterfallModel,
  row: number,
  span: SpanDetail,
): { readonly attributes: AttributeReader; readonly problem: string | undefined } {
  const { ask } = usePage();
  const [steps, setSteps] = useState<readonly SpanDetail[]>([]);
  const [problem, setProblem] = useState<string>();
  const { columns } = model;
  useEffect(() => {
    setSteps([]);
    setProblem(undefined);
    const stop = new AbortController();
    const questions = decidingSteps(columns, row).map(step =>
      ask('spans', { from: step, count: 1 }, stop.signal),
    );
    Promise.all(questions).then(
      answers => setSteps(answers.flatMap(({ result }) => result.spans)),
      (error: unknown) => {
        if (!stop.signal.aborted) setProblem(error instanceof Error ? error.message : String(error));
      },
    );
    return () => stop.abort();
  }, [columns, row]);
  const attributes = useMemo(
    () => new AttributeReader([...steps, span].flatMap(each => attributesFromJson(each.attributes))),
    [steps, span],
  );
  return { attributes, problem };
}

function decidingSteps({ descendants, category, service, count }: TraceColumns, row: number): number[] {
  const found: number[] = [];
  const end = Math.min(count, row + 1 + (descendants[row] ?? 0));
  let child = row + 1;
  for (let seen = 0; child < end && seen < mostChildren && found.length < mostSteps; seen++) {
    const name = categories[category[child] ?? 0];
    if (service[child] === service[row] && (name === 'auth' || name === 'gateway')) found.push(child);
    child += 1 + (descendants[child] ?? 0);
  }
  return found;
}
