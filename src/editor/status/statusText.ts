import type { Status } from '../../protocol/collectorProtocol';
import type { OtlpPorts } from '../environment/otlpEnvironment';
import { receiverLines } from './receivers';
import { usageRows, type UsageRow } from './usage';

/** What the status bar and its hover say. */
export interface StatusText {
  /** With codicons, as in a status bar item. */
  readonly text: string;
  /** Sentences, the first is the most important one. */
  readonly lines: readonly string[];
  readonly rows: readonly UsageRow[];
  /** Something needs the user. */
  readonly problem: boolean;
}

/** `problem`: why there is no collector; `now` in ms since the epoch. */
export function statusText(
  { status, ports, problem }: { status: Status | undefined; ports: OtlpPorts; problem: string | undefined },
  now: number,
): StatusText {
  if (problem !== undefined)
    return { text: '$(warning) Causeway', lines: [`No collector: ${problem}`], rows: [], problem: true };
  if (status === undefined)
    return {
      text: '$(loading~spin) Causeway',
      lines: ['The collector is starting'],
      rows: [],
      problem: false,
    };
  const receivers = receiverLines(status);
  const rows = usageRows(status, now);
  const needy = receivers.some(({ failed }) => failed) || rows.some(({ warning }) => warning);
  const port = ports.http ?? ports.grpc;
  return {
    text: `$(${needy ? 'warning' : 'pulse'}) ${port === undefined ? 'no port' : `:${port}`} · ${status.traceCount.toLocaleString('en')}`,
    lines: receivers.map(({ text }) => text),
    rows,
    problem: needy,
  };
}
