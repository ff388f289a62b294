import { pool } from '../shared/db';

export interface Product {
  sku: string;
  name: string;
  price_cents: number;
  quantity: number;
}

const SELECT = 'SELECT p.sku, p.name, p.price_cents, s.quantity FROM products p JOIN stock s USING (sku)';

export async function listProducts(): Promise<Product[]> {
  const { rows } = await pool.query<Product>(`${SELECT} ORDER BY p.sku`);
  return rows;
}

export async function findProduct(sku: string): Promise<Product | undefined> {
  const { rows } = await pool.query<Product>(`${SELECT} WHERE p.sku = $1`, [sku]);
  return rows[0];
}
