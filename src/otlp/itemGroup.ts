/** One ScopeSpans or ScopeLogs of a request: what is in it shares a resource and a scope. Absent messages are empty. */
export interface ItemGroup {
  /** Encoded. */
  resource: Uint8Array;
  resourceSchemaUrl: string;
  /** Encoded. */
  scope: Uint8Array;
  scopeSchemaUrl: string;
  /** service.name of the resource, `unknown_service` where it has none (resource semantic conventions). */
  service: string;
}
