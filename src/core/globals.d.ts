/**
 * What the core uses beyond ECMAScript: globals that Node, browsers and webviews share (Encoding Standard). Only the
 * core's own project sees this file; the others get the same names from Node's or the DOM's types.
 */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}
