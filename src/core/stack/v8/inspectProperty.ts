import { looksLikeErrorHeader, mayBeErrorHeader } from '../errorHeader';
import type { ExceptionRelation } from '../stackTrace';

/** A line of what util.inspect prints between the braces behind an error's frames. */
export type InspectProperty =
  | {
      readonly kind: 'error';
      readonly relation: ExceptionRelation;
      readonly header: string;
      readonly doubtful: boolean;
    }
  | { readonly kind: 'members' }
  | { readonly kind: 'other' };

const other: InspectProperty = { kind: 'other' };

/**
 * Reads such a line: `[cause]: Error: x` (not enumerable, as the constructor's option makes it), `cause: Error: x`
 * (assigned), `[errors]: [` of an AggregateError, `[suppressed]: …` of a SuppressedError. Any other property whose
 * value has the look of an error (`originalError: TypeError: x`) is taken for a cause if frames follow it.
 */
export function inspectProperty(body: string): InspectProperty {
  const colon = body.slice(0, 128).indexOf(': ');
  if (colon < 0) return other;
  const name = body.slice(0, colon);
  const value = body.slice(colon + 2);
  switch (name) {
    case '[errors]':
    case 'errors':
      return value === '[' ? { kind: 'members' } : other;
    case '[cause]':
    case 'cause':
      return value.startsWith('[') && !isBracketed(value)
        ? other
        : { kind: 'error', relation: 'cause', header: value, doubtful: false };
    case '[error]':
      return { kind: 'error', relation: 'cause', header: value, doubtful: !looksLikeErrorHeader(value) };
    case '[suppressed]':
    case 'suppressed':
      return { kind: 'error', relation: 'suppressed', header: value, doubtful: !looksLikeErrorHeader(value) };
    default:
      return mayBeErrorHeader(value)
        ? { kind: 'error', relation: 'cause', header: value, doubtful: true }
        : other;
  }
}

/** A member of an AggregateError: `Error: x`, or `[Error: x],` where it has no frames. */
export function inspectMember(body: string): InspectProperty {
  const sure = looksLikeErrorHeader(body) || isBracketed(body);
  return sure || mayBeErrorHeader(body)
    ? { kind: 'error', relation: 'member', header: body, doubtful: !sure }
    : other;
}

/** `[Error: x]`: how util.inspect prints an error that has no frames. `[Circular *1]` is none. */
export function isBracketed(value: string): boolean {
  return value.startsWith('[') && looksLikeErrorHeader(value.slice(1, 257).replace(/\][,\s{]*$/, ''));
}
