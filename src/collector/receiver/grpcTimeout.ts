const unitMs: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };

/** A `grpc-timeout` header in ms (PROTOCOL-HTTP2.md, "Requests": at most eight digits and a unit); undefined for others. */
export function parseGrpcTimeout(header: string): number | undefined {
  const [, digits, letter] = /^(\d{1,8})([HMSmun])$/.exec(header) ?? [];
  const unit = letter === undefined ? undefined : unitMs[letter];
  return unit === undefined ? undefined : Number(digits) * unit;
}
