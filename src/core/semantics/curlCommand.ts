import type { NamedText } from './attributeReader';
import type { HttpFacts } from './facts/httpFacts';

/** What stands for a secret: whoever runs the command puts their own there. */
export const secretPlaceholder = 'REDACTED';

const secretHeader =
  /^(?:proxy-)?authorization$|cookie|token|secret|passw|api-?key|session|credential|signature/i;
/** RFC 9110, section 5.1: what a field name may be; anything else would be read by curl as something else. */
const fieldName = /^[!#$%&'*+.^_`|~\w-]+$/;
/** curl sets these itself, and would be wrong with another request's. */
const ownHeaders = ['host', 'content-length', 'connection', 'accept-encoding', 'transfer-encoding'];

/**
 * A command for a POSIX shell that sends the request again, as far as it was recorded; undefined where the URL is not a
 * whole one of http or https. Every text of the program stands in single quotes; secrets are replaced.
 */
export function curlCommand({ method, url, requestHeaders, requestBody }: HttpFacts): string | undefined {
  if (url === undefined || !/^https?:\/\//i.test(url)) return undefined;
  const verb = method !== undefined && /^[A-Za-z-]+$/.test(method) ? method.toUpperCase() : undefined;
  const parts = [
    // Braces and brackets in a URL are meant as they are.
    'curl --globoff',
    ...(verb === undefined || verb === 'GET'
      ? []
      : verb === 'HEAD'
        ? ['--head']
        : [`--request ${quoted(verb)}`]),
    `--url ${quoted(withoutUser(url))}`,
    ...requestHeaders.filter(isSent).map(header => `--header ${quoted(headerLine(header))}`),
    ...(requestBody === undefined ? [] : [`--data-raw ${quoted(requestBody)}`]),
  ];
  return parts.join(' \\\n  ');
}

function isSent({ name }: NamedText): boolean {
  return fieldName.test(name) && !ownHeaders.includes(name.toLowerCase());
}

function headerLine({ name, text }: NamedText): string {
  const value = secretHeader.test(name) ? secretPlaceholder : text.replace(/[\r\n]+/g, ' ');
  return `${name}: ${value}`;
}

/** User and password of a URL are secrets too (RFC 3986, section 3.2.1). */
function withoutUser(url: string): string {
  return url.replace(/^(https?:\/\/)[^/?#]*@/i, `$1${secretPlaceholder}@`);
}

/** In single quotes nothing has a meaning but the quote that ends them; no argument can hold a NUL. */
function quoted(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", String.raw`'\''`)}'`;
}
