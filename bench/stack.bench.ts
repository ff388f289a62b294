import { parseStackTrace } from '../src/core/stack/parseStackTrace';
import { formatNumber, measure, type BenchRow } from './lib/measure';

const traces = 10_000;
const framesPerTrace = 30;
/** As many different ones as are told apart by eye; the rest repeats them, as errors do. */
const distinct = 500;

/** What most stack-trace readers do: one regular expression a line. */
const framePattern = /^\s*at (?:(.+?) \()?(?:(.+?)(?::(\d+))?(?::(\d+))?)\)?$/;

/**
 * Milliseconds to read 10,000 stack traces of 30 frames, against one usual regular expression a line, which knows neither messages nor causes
 * nor whose code a frame is; and a megabyte of hostile text against a megabyte of frames.
 */
export function bench(): BenchRow[] {
  const texts = Array.from({ length: distinct }, (_, i) => stackTrace(i));
  const each = (read: (text: string) => unknown) => () => {
    for (let i = 0; i < traces; i++) read(texts[i % distinct]!);
  };
  const megabyte = (text: string): string => text.repeat(Math.ceil(1_000_000 / text.length));
  const frames = megabyte('    at Cart.total (/srv/shop/src/cart.ts:12:5)\n');
  const hostile = `    at a (/b.js:1:2)\n${megabyte('    at at at ((( [as (eval at (:1:2)\n')}`;
  const millis = measure(
    [
      { name: 'regular expression', run: each(readByPattern) },
      { name: 'parse', run: each(text => parseStackTrace(text)) },
      { name: 'frames', run: () => parseStackTrace(frames) },
      { name: 'hostile', run: () => parseStackTrace(hostile) },
    ],
    { turns: 5 },
  );
  const time = (name: string): number => millis.get(name) ?? NaN;
  return [
    {
      name: `parse ${traces} stack traces of ${framesPerTrace} frames`,
      value: time('parse'),
      unit: 'ms',
      reference: `one regular expression a line: ${formatNumber(time('regular expression'))}`,
      ratio: time('regular expression') / time('parse'),
      target: '< 1000 ms',
    },
    {
      name: 'parse 1 MB of hostile text',
      value: time('hostile'),
      unit: 'ms',
      reference: `1 MB of frames: ${formatNumber(time('frames'))}`,
      ratio: time('frames') / time('hostile'),
      target: '>= 0.5x',
    },
  ];
}

function readByPattern(text: string): unknown[] {
  return text.split('\n').map(line => {
    const match = framePattern.exec(line);
    return match && { function: match[1], file: match[2], line: Number(match[3]), column: Number(match[4]) };
  });
}

function stackTrace(seed: number): string {
  const lines = [`TypeError: item ${seed} has no price`];
  for (let i = 0; i < framesPerTrace; i++) {
    const place = `${10 + ((seed * 7 + i) % 400)}:${1 + ((seed + i * 3) % 80)}`;
    switch (i % 5) {
      case 0:
        lines.push(`    at Cart.total${i} (/srv/shop/services/cart/src/cart${seed}.ts:${place})`);
        break;
      case 1:
        lines.push(`    at async handle${i} (file:///srv/shop/services/cart/src/server.mjs:${place})`);
        break;
      case 2:
        lines.push(
          `    at Layer.handle [as handle_request] (/srv/shop/node_modules/express/lib/router/layer.js:${place})`,
        );
        break;
      case 3:
        lines.push(`    at /srv/shop/services/cart/src/routes/checkout${seed}.ts:${place}`);
        break;
      default:
        lines.push(`    at process.processTicksAndRejections (node:internal/process/task_queues:${place})`);
    }
  }
  return lines.join('\n');
}
