import type { AttributeReader, NamedText } from '../attributeReader';
import { serverAddress } from './serverAddress';

/** What an HTTP request was, seen by its client or by its server. */
export interface HttpFacts {
  readonly method: string | undefined;
  /** As recorded, else put together from its parts; a server may know the path alone. */
  readonly url: string | undefined;
  readonly status: number | undefined;
  /** `1.1`, `2`. */
  readonly protocol: string | undefined;
  /** How often the request was sent again: 0 or absent = it was not. */
  readonly resends: number | undefined;
  /** The limit that was set, with its unit where that is known: `1500 ms`. */
  readonly timeout: string | undefined;
  /** It ended because time had run out. */
  readonly timedOut: boolean;
  readonly errorType: string | undefined;
  readonly requestHeaders: readonly NamedText[];
  readonly responseHeaders: readonly NamedText[];
  readonly requestBody: string | undefined;
  readonly responseBody: string | undefined;
  /** Bytes. */
  readonly requestSize: number | undefined;
  readonly responseSize: number | undefined;
  readonly userAgent: string | undefined;
  readonly server: string | undefined;
}

/** Semantic conventions for HTTP spans, stable (1.23) and before. */
export function httpFacts(attributes: AttributeReader): HttpFacts {
  const errorType = attributes.text('error.type', 'http.error_name', 'http.error_code');
  return {
    method: attributes.text('http.request.method_original', 'http.request.method', 'http.method'),
    url: url(attributes),
    status: attributes.number('http.response.status_code', 'http.status_code'),
    protocol: attributes.text('network.protocol.version', 'http.flavor'),
    resends: attributes.number(
      'http.request.resend_count',
      'http.resend_count',
      'http.retry_count',
      'http.retries',
    ),
    timeout: timeout(attributes),
    timedOut: errorType !== undefined && /time[d_-]?[_-]?out|deadline/i.test(errorType),
    errorType,
    requestHeaders: headers(attributes, 'http.request.header.'),
    responseHeaders: headers(attributes, 'http.response.header.'),
    requestBody: attributes.text('http.request.body', 'http.request.body.content', 'http.request.body.text'),
    responseBody: attributes.text(
      'http.response.body',
      'http.response.body.content',
      'http.response.body.text',
    ),
    requestSize: attributes.number(
      'http.request.body.size',
      'http.request_content_length',
      'http.request.size',
    ),
    responseSize: attributes.number(
      'http.response.body.size',
      'http.response_content_length',
      'http.response.size',
    ),
    userAgent: attributes.text('user_agent.original', 'http.user_agent'),
    server: serverAddress(attributes),
  };
}

function url(attributes: AttributeReader): string | undefined {
  const whole = attributes.text('url.full', 'http.url');
  if (whole !== undefined) return whole;
  const path = attributes.text('http.target') ?? pathAndQuery(attributes);
  const scheme = attributes.text('url.scheme', 'http.scheme');
  const host = attributes.text('http.host') ?? serverAddress(attributes);
  if (scheme === undefined || host === undefined) return path;
  return `${scheme}://${host}${path ?? '/'}`;
}

function pathAndQuery(attributes: AttributeReader): string | undefined {
  const path = attributes.text('url.path');
  const query = attributes.text('url.query');
  return path === undefined || query === undefined ? path : `${path}?${query}`;
}

/** Older instrumentations write the dashes of a header's name as underscores. */
function headers(attributes: AttributeReader, prefix: string): readonly NamedText[] {
  return attributes.under(prefix).map(({ name, text }) => ({ name: name.replaceAll('_', '-'), text }));
}

function timeout(attributes: AttributeReader): string | undefined {
  const milliseconds = attributes.text(
    'http.request.timeout_ms',
    'http.timeout_ms',
    'http.client.timeout_ms',
  );
  if (milliseconds !== undefined) return `${milliseconds} ms`;
  return attributes.text('http.request.timeout', 'http.timeout', 'http.client.timeout');
}
