export interface ShopperRequest {
  kind: string;
  method: string;
  path: string;
  apiKey?: string;
  body?: unknown;
  /** How often it comes in the mixed traffic, compared with the others. */
  weight: number;
}

const items = [
  { sku: 'MUG-01', quantity: 2 },
  { sku: 'TEE-02', quantity: 1 },
];

/** One of each kind that the shop has something to show for; README.md says what. */
export const REQUESTS: ShopperRequest[] = [
  { kind: 'product-list', method: 'GET', path: '/products', apiKey: 'key-acme', weight: 6 },
  { kind: 'product-detail', method: 'GET', path: '/products/MUG-01', apiKey: 'key-globex', weight: 6 },
  {
    kind: 'checkout',
    method: 'POST',
    path: '/checkout',
    apiKey: 'key-acme',
    body: { customer: 'ada@example.com', card: 'tok_visa', items },
    weight: 3,
  },
  {
    kind: 'checkout-fails',
    method: 'POST',
    path: '/checkout',
    apiKey: 'key-globex',
    body: { customer: 'grace@example.com', card: 'tok_legacy', items },
    weight: 2,
  },
  { kind: 'carrier-times-out', method: 'GET', path: '/orders/7/tracking', apiKey: 'key-acme', weight: 1 },
  { kind: 'slow-report', method: 'GET', path: '/reports/sales', apiKey: 'key-acme', weight: 1 },
  { kind: 'n-plus-one', method: 'GET', path: '/orders', apiKey: 'key-globex', weight: 2 },
  { kind: 'not-found', method: 'GET', path: '/wishlist', apiKey: 'key-acme', weight: 1 },
  { kind: 'unauthorized', method: 'GET', path: '/products', weight: 1 },
];
