/** How a request ended that brought no answer. */
export interface RequestFailure {
  readonly reason: 'failed' | 'timeout';
  /** One sentence for the user. */
  readonly message: string;
}

export type RequestResult<Answer> =
  { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly failure: RequestFailure };

/** Of all requests of the page, so that an answer is never taken for that to another kind of question. */
let lastId = 0;

/** Requests to the extension host that wait for the message with their id. */
export class Requests<Answer> {
  private readonly waiting = new Map<number, (result: RequestResult<Answer>) => void>();

  constructor(private readonly timeoutMilliseconds: number) {}

  /** `post` sends the message with the id it is given. Never rejects. */
  send(post: (requestId: number) => void): Promise<RequestResult<Answer>> {
    const id = ++lastId;
    return new Promise(resolve => {
      const timer = setTimeout(
        () =>
          this.end(id, {
            ok: false,
            failure: { reason: 'timeout', message: 'The extension did not answer in time.' },
          }),
        this.timeoutMilliseconds,
      );
      this.waiting.set(id, result => {
        clearTimeout(timer);
        resolve(result);
      });
      post(id);
    });
  }

  /** An answer to a request that is no longer waited for is dropped. */
  succeed(requestId: number, answer: Answer): void {
    this.end(requestId, { ok: true, answer });
  }

  fail(requestId: number, message: string): void {
    this.end(requestId, { ok: false, failure: { reason: 'failed', message } });
  }

  private end(requestId: number, result: RequestResult<Answer>): void {
    const resolve = this.waiting.get(requestId);
    this.waiting.delete(requestId);
    resolve?.(result);
  }
}
