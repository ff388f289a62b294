import { InvalidJsonError } from '../invalidJsonError';

const maxNanos = 0xffff_ffff_ffff_ffffn;

/**
 * Microseconds from a JSON number, or from a string (parseOtlpJson leaves long integers as such), in nanoseconds. Zipkin
 * wants whole ones, but the JavaScript exporter of OpenTelemetry sends fractions: they are kept as far as the double
 * had them. Throws InvalidJsonError.
 */
export function nanosOfMicros(value: unknown, name: string): bigint {
  const nanos =
    typeof value === 'string' && /^\d{1,20}$/.test(value) ? BigInt(value) * 1000n : fromNumber(value);
  if (nanos === undefined) throw new InvalidJsonError('expected microseconds', name);
  if (nanos < 0n || nanos > maxNanos) throw new InvalidJsonError('the time is out of range', name);
  return nanos;
}

function fromNumber(value: unknown): bigint | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  const whole = Math.floor(value);
  return BigInt(whole) * 1000n + BigInt(Math.round((value - whole) * 1000));
}
