import type { VNode } from 'preact';
import { categories } from '../../../src/core/semantics/category';
import { formatDuration } from '../../../src/core/time/formatDuration';
import { Icon } from '../../ui/Icon';
import { spanIdFromHalves } from '../../../src/core/model/ids';
import type { WaterfallModel } from '../model/waterfallModel';
import { spanIdAt } from '../../../src/core/columns/spanIdAt';
import { usePage } from '../pageContext';
import { formatTimestamp } from '../../../src/core/time/formatTimestamp';
import { categoryWords, flawSentences, kindWords, statusWords } from '../text/words';
import { offset } from '../../ui/text/offset';
import { Fact, Facts } from '../../ui/values/Facts';
import { LongText } from '../../ui/values/LongText';
import type { SpanDetail } from '../../../src/protocol/spanDetail';

/** What is known of the row without asking, completed by the span's detail when it is there. */
export function SpanFacts({
  model,
  row,
  span,
}: {
  readonly model: WaterfallModel;
  readonly row: number;
  readonly span: SpanDetail | undefined;
}): VNode {
  const { columns } = model;
  const page = usePage();
  const at = (column: ArrayLike<number>) => column[row] ?? 0;
  const duration = at(columns.spanDuration);
  const start = span
    ? BigInt(span.startTimeUnixNano)
    : columns.base + BigInt(Math.round(at(columns.start) - at(columns.skew)));
  const parent = spanIdFromHalves(at(columns.parentIdHigh), at(columns.parentIdLow));
  const failed = model.isError(row);
  const status = statusWords[at(columns.status)] ?? `Code ${at(columns.status)}`;
  return (
    <>
      <Facts>
        <Fact label="Status">
          <span class={failed ? 'status-error' : ''}>
            {failed ? <Icon name="error" /> : status === 'OK' ? <Icon name="check" /> : null}
            {status}
          </span>
        </Fact>
        {span?.status.message ? (
          <Fact label="Message">
            <LongText text={span.status.message} />
          </Fact>
        ) : null}
        <Fact label="Duration">
          {formatDuration(duration)}
          <span class="quiet"> {share(duration, columns.duration)} of the trace</span>
        </Fact>
        <Fact label="Self time">
          {formatDuration(at(columns.selfTime))}
          <span class="quiet"> {share(at(columns.selfTime), duration)} of the span</span>
        </Fact>
        <Fact label="Start" title={formatTimestamp(start, { digits: 9, utc: true })}>
          {formatTimestamp(start)}
          <span class="quiet"> {offset(at(columns.start))}</span>
        </Fact>
        {at(columns.skew) === 0 ? null : (
          <Fact label="Clock skew">start moved by {offset(at(columns.skew))} to fit its parent</Fact>
        )}
        <Fact label="Kind">{kindWords[at(columns.kind)] ?? `Kind ${at(columns.kind)}`}</Fact>
        <Fact label="Category">{categoryWords[categories[at(columns.category)] ?? 'custom']}</Fact>
        <Fact label="Span ID" copy={spanIdAt(columns, row)}>
          <span class="code">{spanIdAt(columns, row)}</span>
        </Fact>
        {/^0+$/.test(parent) ? null : (
          <Fact label="Parent ID" copy={parent}>
            {at(columns.parent) >= 0 ? (
              <button
                type="button"
                class="link code"
                title="Select the parent"
                onClick={() => page.selectSpan(parent)}
              >
                {parent}
              </button>
            ) : (
              <span class="code">{parent}</span>
            )}
          </Fact>
        )}
        <Fact label="Trace ID" copy={columns.traceId}>
          <span class="code">{columns.traceId}</span>
        </Fact>
        {span ? <Fact label="Flags">{flagWords(span.flags)}</Fact> : null}
        {span?.traceState ? (
          <Fact label="Trace state" copy={span.traceState}>
            <LongText text={span.traceState} />
          </Fact>
        ) : null}
      </Facts>
      {flawSentences(at(columns.flaws)).map(sentence => (
        <p class="flaw" key={sentence}>
          <Icon name="warning" class="warning" /> {sentence}
        </p>
      ))}
    </>
  );
}

function share(part: number, whole: number): string {
  if (whole <= 0) return '0%';
  const percent = (part / whole) * 100;
  return `${percent < 10 && percent > 0 ? percent.toFixed(1) : percent.toFixed(0)}%`;
}

/** Span.flags of trace.proto: bits 0-7 are the W3C trace flags, 8 and 9 say whether the parent is remote. */
function flagWords(flags: number): string {
  const words = [
    flags & 0x01 ? 'sampled' : '',
    flags & 0x100 ? (flags & 0x200 ? 'remote parent' : 'local parent') : '',
  ];
  const known = words.filter(word => word !== '').join(', ');
  const hex = `0x${flags.toString(16).padStart(2, '0')}`;
  return known === '' ? hex : `${hex} (${known})`;
}
