export const SCHEMA = `
  create table products (
    sku text primary key,
    name text not null,
    price_cents integer not null
  );
  create table stock (
    sku text primary key references products,
    quantity integer not null check (quantity >= 0)
  );
  create table orders (
    id integer generated always as identity primary key,
    customer text not null,
    total_cents integer not null,
    authorization_code text not null,
    created_at timestamptz not null default now()
  );
  create table order_items (
    order_id integer not null references orders,
    sku text not null references products,
    quantity integer not null,
    primary key (order_id, sku)
  );
  -- The queue between the services that hand work off and the worker.
  create table jobs (
    id text primary key,
    name text not null,
    queue text not null,
    body jsonb not null,
    trace_headers jsonb not null,
    parent_request_id text,
    status text not null default 'queued',
    created_at timestamptz not null default now()
  );

  insert into products values
    ('MUG-01', 'Enamel mug', 1450),
    ('TEE-02', 'T-shirt', 2400),
    ('CAP-03', 'Cap', 1900),
    ('BAG-04', 'Canvas bag', 3200),
    ('PEN-05', 'Fountain pen', 5600);
  insert into stock select sku, 100000 from products;
  insert into orders (customer, total_cents, authorization_code)
    select 'customer-' || n || '@example.com', 3850, 'auth-' || n from generate_series(1, 12) n;
  insert into order_items select id, 'MUG-01', 1 from orders;
  insert into order_items select id, 'TEE-02', 1 from orders;
`;
