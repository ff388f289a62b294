// Neither lib.es2023 nor @types/node declares what of WebAssembly is used here.
declare const WebAssembly: { readonly RuntimeError: new (message?: string) => Error };

/** Whether WebAssembly stopped half way: a trap, or the end that sql.js makes of itself. */
export function isTrap(error: unknown): error is Error {
  return error instanceof WebAssembly.RuntimeError;
}

/**
 * To be asked of whatever was thrown out of WebAssembly; answers `error` for whoever called. Behind a trap the memory of
 * sql.js is in the midst of a change, and nothing that it answers can be trusted any more, while callers would take the
 * error for that of one request. So it is thrown once more where nobody can catch it, before anything else is done with
 * it: it ends the process, and the next one builds its store from the journal.
 */
export function noteTrap(error: unknown): unknown {
  if (isTrap(error)) {
    const fatal = new Error(`the store in memory has broken down (${String(error)})`, { cause: error });
    queueMicrotask(() => {
      throw fatal;
    });
  }
  return error;
}
