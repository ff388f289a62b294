import type * as z from 'zod/mini';
import { methods, type MethodName, type Result } from '../protocol/collectorProtocol';
import { RequestError } from './requestError';

/** `methods`, in the form that lets the compiler tie a method to its own result. */
const schemas: { readonly [M in MethodName]: { readonly result: z.ZodMiniType<Result<M>> } } = methods;

/** The result of `method` as its schema says. @throws RequestError `internal` where it is none */
export function parseResult<M extends MethodName>(method: M, value: unknown): Result<M> {
  const parsed = schemas[method].result.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new RequestError('internal', `The collector's answer to ${method} is not as agreed.`, {
    cause: parsed.error,
  });
}
