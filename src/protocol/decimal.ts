import * as z from 'zod/mini';

/** A 64-bit integer as OTLP/JSON writes it (OTLP specification, "JSON Protobuf Encoding"): decimal digits in a string. */
export const decimal = z.string().check(z.regex(/^-?\d+$/));
