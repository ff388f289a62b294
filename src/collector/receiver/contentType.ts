/** The two encodings of OTLP/HTTP (OTLP specification, "Binary Protobuf Encoding" and "JSON Protobuf Encoding"). */
export type OtlpEncoding = 'protobuf' | 'json';

/**
 * The encoding that a Content-Type header names; undefined where it is none of OTLP's. Parameters are allowed, a charset
 * other than UTF-8 is not (RFC 8259, section 8.1).
 */
export function otlpEncoding(contentType: string | undefined): OtlpEncoding | undefined {
  if (contentType === undefined) return undefined;
  const [type = '', ...parameters] = contentType.split(';').map(part => part.trim().toLowerCase());
  if (type === 'application/x-protobuf') return 'protobuf';
  if (type !== 'application/json') return undefined;
  const charset = parameters.find(parameter => parameter.startsWith('charset='))?.slice('charset='.length);
  return charset === undefined || /^"?(utf-?8|us-ascii)"?$/.test(charset) ? 'json' : undefined;
}

export function contentTypeOf(encoding: OtlpEncoding): string {
  return encoding === 'protobuf' ? 'application/x-protobuf' : 'application/json';
}
