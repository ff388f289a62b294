import { SpanKind, StatusCode } from '../model/span';

/** As plain numbers: a span may carry kinds that SpanKind does not know yet. */
const client: number = SpanKind.Client;
const consumer: number = SpanKind.Consumer;
const failed: number = StatusCode.Error;

/**
 * Less is no sign of different clocks: some SDKs take the start of a span from a clock of whole milliseconds (the one
 * for JavaScript does), so that even spans of one machine are off by as much.
 */
const clockResolution = 1e6;

/** A span and its child in another service; times in ns from one origin, durations not negative. */
export interface CrossServiceCall {
  /** After its own correction. */
  readonly parentStart: number;
  readonly parentDuration: number;
  readonly parentKind: number;
  readonly parentStatus: number;
  /** What was added to the parent's recorded start. */
  readonly parentShift: number;
  /** As recorded. */
  readonly childStart: number;
  readonly childDuration: number;
  readonly childKind: number;
}

/**
 * Nanoseconds to add to the child's start so that the call is possible; 0 where it is. The rule is that of Jaeger's
 * clock-skew adjuster (github.com/jaegertracing/jaeger, adjuster/clockskew.go, calculateSkew): a child that lasts
 * longer than its parent is moved so that it starts with it; any other is put into the middle of it, as if request
 * and response took equally long.
 *
 * It is narrower about when to move, because a correction that is not needed is worse than none:
 * - A Consumer is never moved against its Producer: a message may wait for any time. It keeps its recorded distance.
 * - A child that merely outlives its parent goes on after the response, or works asynchronously. Only in a call by a
 *   Client that did not fail (a time-out leaves the server at work) it is skew, and only where the child is shifted as
 *   a whole: it ends late by more than half of the time that it started late.
 * - A child whose recorded time fits once it is moved like its parent has its parent's clock, and is moved like it.
 */
export function callClockShift(call: CrossServiceCall): number {
  if (call.childKind === consumer) return call.parentShift;
  if (isPossible(call, call.childStart)) return 0;
  if (call.parentShift !== 0 && isPossible(call, call.childStart + call.parentShift)) return call.parentShift;
  const room = call.parentKind === client ? call.parentDuration - call.childDuration : 0;
  return call.parentStart + Math.max(0, Math.floor(room / 2)) - call.childStart;
}

function isPossible(call: CrossServiceCall, childStart: number): boolean {
  const startsLate = childStart - call.parentStart;
  if (startsLate < -clockResolution) return false;
  const isWaitedFor =
    call.parentKind === client && call.parentStatus !== failed && call.childDuration <= call.parentDuration;
  if (!isWaitedFor) return true;
  const endsLate = startsLate + call.childDuration - call.parentDuration;
  return endsLate <= clockResolution || endsLate <= startsLate / 2;
}
