import { attribute } from '../model/attributes';
import type { Resource } from '../model/span';

/** What a resource without a service.name is called (resource semantic conventions, section "Service"). */
export const unknownService = 'unknown_service';

/** service.name of the resource; `unknown_service` where it is absent, empty or no string. */
export function serviceName(resource: Resource): string {
  const name = attribute(resource.attributes, 'service.name');
  return typeof name === 'string' && name !== '' ? name : unknownService;
}
