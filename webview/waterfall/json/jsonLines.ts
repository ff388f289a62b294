import { groupSpansJson } from '../../../src/core/formats/groupSpansJson';
import type { SpanDetail } from '../../../src/protocol/spanDetail';

/** Spans as the lines of an OTLP/JSON document. */
export interface JsonLines {
  readonly lines: readonly string[];
  /** For each line the index in `spanIds` of the span it belongs to, -1 for what is around the spans. */
  readonly spanOfLine: Int32Array;
  readonly spanIds: readonly string[];
  /** The lines of each span: [first, last). */
  readonly firstLine: readonly number[];
  readonly lastLine: readonly number[];
  /** Characters of the longest line. */
  readonly longest: number;
}

export function jsonLines(spans: readonly SpanDetail[]): JsonLines {
  const lines: string[] = [];
  const owners: number[] = [];
  const spanIds: string[] = [];
  const firstLine: number[] = [];
  const lastLine: number[] = [];
  const add = (indent: number, text: string, owner = -1): void => {
    for (const line of text.split('\n')) {
      lines.push(' '.repeat(indent) + line);
      owners.push(owner);
    }
  };
  const json = (value: unknown) => JSON.stringify(value, undefined, 2);
  const comma = (at: number, all: readonly unknown[]) => (at < all.length - 1 ? ',' : '');
  add(0, '{\n  "resourceSpans": [');
  groupSpansJson(spans).resourceSpans.forEach((ofResource, r, resources) => {
    add(4, `{\n  "resource": ${json(ofResource.resource).replaceAll('\n', '\n  ')},\n  "scopeSpans": [`);
    ofResource.scopeSpans.forEach((ofScope, s, scopes) => {
      add(8, `{\n  "scope": ${json(ofScope.scope).replaceAll('\n', '\n  ')},\n  "spans": [`);
      ofScope.spans.forEach((span, at, all) => {
        firstLine.push(lines.length);
        add(12, json(span) + comma(at, all), spanIds.push(span.spanId) - 1);
        lastLine.push(lines.length);
      });
      add(8, `  ],\n  "schemaUrl": ${json(ofScope.schemaUrl)}\n}${comma(s, scopes)}`);
    });
    add(4, `  ],\n  "schemaUrl": ${json(ofResource.schemaUrl)}\n}${comma(r, resources)}`);
  });
  add(0, '  ]\n}');
  const longest = lines.reduce((most, line) => Math.max(most, line.length), 0);
  return { lines, spanOfLine: Int32Array.from(owners), spanIds, firstLine, lastLine, longest };
}
