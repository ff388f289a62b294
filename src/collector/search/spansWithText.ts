import { decodeSpan } from '../../otlp/decodeSpan';
import { SpanFields } from '../../otlp/spanFields';
import { SpanTexts } from '../../otlp/spanTexts';
import { textsOfSpan } from './textsOfSpan';
import { traceChunks, type TraceChunk, type TraceSource } from './traceChunks';

/** Marks the spans of a chunk that hold the text. */
type Search = (chunk: TraceChunk, found: (i: number) => void) => void;

/**
 * The spans of a trace that hold `text`, in any case, in their name, status message, attributes (numbers as they are
 * written) or events: pairs of high and low half of their ids.
 */
export async function spansWithText(
  source: TraceSource,
  trace: number,
  text: string,
  signal: AbortSignal | undefined,
): Promise<Uint32Array> {
  const wanted = text.toLowerCase();
  const searches = [
    // Every character below U+0080 is one byte, whatever is around it.
    /^[\0-\x7f]*$/.test(wanted) ? searchAscii(wanted) : searchUnicode(wanted),
    ...(/^(?:[-+.\d]+(?:e[-+]?\d*)?|true|false)$/.test(wanted) ? [searchScalars(wanted)] : []),
  ];
  const ids: number[] = [];
  const hits = new Uint8Array(4096);
  for await (const chunk of traceChunks(source, trace, signal)) {
    hits.fill(0);
    for (const search of searches) search(chunk, i => (hits[i] = 1));
    for (let i = 0; i < chunk.count; i++)
      if (hits[i] === 1) ids.push(chunk.spanHigh[i] ?? 0, chunk.spanLow[i] ?? 0);
  }
  return Uint32Array.from(ids);
}

/**
 * Looks at all bytes as Latin-1 in lower case, which changes no length and makes no other byte ASCII, and then at what
 * lies where the text stands.
 */
function searchAscii(wanted: string): Search {
  return ({ bytes, count, start, end }, found) => {
    const hay = bytes.toString('latin1').toLowerCase();
    const texts = new SpanTexts(bytes);
    let i = 0;
    for (let at = hay.indexOf(wanted); at >= 0;) {
      while (i < count && (end[i] ?? 0) <= at) i++;
      if (i === count) return;
      const from = start[i] ?? 0;
      const to = end[i] ?? 0;
      if (at < from) at = hay.indexOf(wanted, from);
      else if (texts.isText(from, to, at, at + wanted.length)) {
        found(i);
        at = hay.indexOf(wanted, to);
      } else at = hay.indexOf(wanted, at + 1);
    }
  };
}

/** Decodes a whole span as text, for what it is not too: no text that is part of it is lost. Those with a hit are decoded. */
function searchUnicode(wanted: string): Search {
  return ({ bytes, count, start, end }, found) => {
    for (let i = 0; i < count; i++) {
      const from = start[i] ?? 0;
      const to = end[i] ?? 0;
      if (!bytes.toString('utf8', from, to).toLowerCase().includes(wanted)) continue;
      const texts = textsOfSpan(decodeSpan(bytes.subarray(from, to)));
      if (texts.some(each => each.toLowerCase().includes(wanted))) found(i);
    }
  };
}

/** Numbers and truth values are not text on the wire. */
function searchScalars(wanted: string): Search {
  return ({ bytes, count, start, end }, found) => {
    const fields = new SpanFields(bytes);
    for (let i = 0; i < count; i++)
      fields.eachAttribute(start[i] ?? 0, end[i] ?? 0, () => {
        const value = fields.number;
        if (value !== undefined && String(value).includes(wanted)) found(i);
      });
  };
}
