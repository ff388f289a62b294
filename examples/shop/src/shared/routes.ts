/** A route as OpenTelemetry's http.route has it, with the values of its `:parameters` in this request. */
export interface Match {
  route: string;
  params: Record<string, string>;
}

/** Matches "GET" and "/products/MUG-01" against "GET /products/:sku". */
export function matchRoute(pattern: string, method: string, path: string): Match | undefined {
  const [wantedMethod, route = ''] = pattern.split(' ');
  if (wantedMethod !== method) return undefined;
  const wanted = route.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return undefined;
  }
  return { route, params };
}
