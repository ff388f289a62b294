import type { TraceShape } from '../support/generatedTrace';

export const traceId = '0af7651916cd43dd8448eb211c80319c';

export interface Size {
  readonly name: string;
  readonly count: number;
  readonly openTarget: string;
  readonly bytesTarget: string;
}

export const sizes: readonly Size[] = [
  { name: '1k', count: 1000, openTarget: '', bytesTarget: '' },
  { name: '10k', count: 10_000, openTarget: '< 150 ms', bytesTarget: '' },
  { name: '100k', count: 100_000, openTarget: '< 500 ms', bytesTarget: '< 10 MiB' },
  { name: '1M', count: 1_000_000, openTarget: '< 3000 ms', bytesTarget: '' },
];

export function spansText(size: Size, shape: TraceShape): string {
  return `${size.name} spans, ${shape}`;
}
