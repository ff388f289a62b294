import { SpanKind } from '../model/span';
import { categories } from './category';
import { CategoryHint } from './categoryHint';

// As plain numbers: a span may carry kinds that SpanKind does not know yet.
const server: number = SpanKind.Server;
const client: number = SpanKind.Client;
const producer: number = SpanKind.Producer;
const consumer: number = SpanKind.Consumer;

const custom = categories.indexOf('custom');
const gateway = categories.indexOf('gateway');
const runtime = categories.indexOf('runtime');
const database = categories.indexOf('database');
const http = categories.indexOf('http');
const messaging = categories.indexOf('messaging');
const rpc = categories.indexOf('rpc');
const storage = categories.indexOf('storage');
const auth = categories.indexOf('auth');
const job = categories.indexOf('job');
const genai = categories.indexOf('genai');

/**
 * The category (index into `categories`) that a span tells by itself: by `hints`, the union of CategoryHint over its
 * attribute keys, and its kind. Every Server span is a `gateway` here; the tree, which knows the parent, refines that.
 *
 * Where several conventions apply, the one nearest to what the span is about wins over the one it is carried by: S3
 * over RPC over HTTP, a database over its HTTP transport, a job over the message that started it (but a Producer span
 * hands off, whatever it hands).
 */
export function categoryOf(hints: number, kind: number): number {
  if (kind === server) return gateway;
  if (hints & CategoryHint.GenAi) return genai;
  if (hints & CategoryHint.Database) return database;
  if (hints & CategoryHint.Storage) return storage;
  if (kind === producer) return messaging;
  if (hints & CategoryHint.Job) return job;
  if (hints & CategoryHint.Messaging || kind === consumer) return messaging;
  if (hints & CategoryHint.Rpc) return rpc;
  if (hints & CategoryHint.Auth) return auth;
  if (hints & CategoryHint.Function) return runtime;
  if (hints & CategoryHint.RateLimit) return gateway;
  // Middleware and route spans of a server are Internal; an outbound request is not, though it may name its route.
  if (hints & CategoryHint.Route && kind !== client) return gateway;
  if (hints & CategoryHint.Http) return http;
  return custom;
}

/** The index of the category called `name` (the value of `causeway.category`), or -1 where there is none. */
export function categoryIndex(name: string): number {
  return categories.findIndex(category => category === name);
}
