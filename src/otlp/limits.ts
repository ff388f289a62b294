/**
 * Arrays and maps nested deeper than this in an attribute's value are replaced by `tooDeep` when they are decoded. The
 * number is the depth that the protobuf libraries stop at by default.
 */
export const maxValueDepth = 100;

/** Stands for an array or map below `maxValueDepth`. */
export const tooDeep = '(nested deeper than 100 levels)';

/**
 * The most attributes, events, links, array items and map entries that one Span, Resource or Scope may hold together.
 * An empty element costs two bytes on the wire and fifty or more in memory: without a limit one request could exhaust
 * it. SDKs stop at 128 of each (OpenTelemetry specification, "Span Limits").
 */
export const maxElements = 1 << 20;
