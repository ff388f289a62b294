import type { AttributeReader } from './attributeReader';
import { requestIdAttributes } from './requestIdAttributes';

/** Attributes that name the request which led to this one, in another trace. */
export const parentRequestIdAttributes: readonly string[] = [
  'parent_request_id',
  'parent.request_id',
  'parent_request.id',
  'parentRequestId',
  'http.request.header.x-parent-request-id',
  'http.request.header.x_parent_request_id',
];

/** The id that a span gives its request, and that of the request which led to it. */
export function requestIds(attributes: AttributeReader): {
  readonly own: string | undefined;
  readonly parent: string | undefined;
} {
  return {
    own: attributes.text(...requestIdAttributes),
    parent: attributes.text(...parentRequestIdAttributes),
  };
}
