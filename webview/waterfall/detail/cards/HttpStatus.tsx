import type { VNode } from 'preact';
import type { HttpFacts } from '../../../../src/core/semantics/facts/httpFacts';
import { Icon } from '../../../ui/Icon';
import { lineText } from '../../../ui/text/spanText';

/** Classes of status codes (RFC 9110, section 15), in words. */
const classes = ['', 'informational', 'success', 'redirect', 'client error', 'server error'] as const;

/** `POST → 503 server error`: the first thing one wants to know of a request. */
export function HttpStatus({ facts: { method, status } }: { readonly facts: HttpFacts }): VNode | null {
  if (method === undefined && status === undefined) return null;
  const failed = status !== undefined && status >= 400;
  const words = status === undefined ? undefined : classes[Math.floor(status / 100)];
  return (
    <p class="http-status">
      {method === undefined ? null : <strong>{lineText(method)}</strong>}
      {status === undefined ? (
        <span class="quiet">no response recorded</span>
      ) : (
        <span class={failed ? 'status-error' : ''}>
          {failed ? <Icon name="error" /> : <Icon name="check" />} {status} {words}
        </span>
      )}
    </p>
  );
}
