import type { DecodedTraces } from '../../otlp/decodeTraces';
import { encodeTraces } from '../../otlp/encodeTraces';
import { InvalidJsonError } from '../../otlp/invalidJsonError';
import { parseOtlpJson } from '../../otlp/parseOtlpJson';
import { zipkinToTraces } from '../../otlp/zipkin/zipkinToTraces';
import type { Log, RateLimitedLog } from '../log';
import { otlpEncoding } from './contentType';
import { exportRequest, retryAfterSeconds } from './exportRequest';
import { noteRejected } from './exportTraces';
import { rpcCode, tryLater, type Answer, type HttpProtocol, type Refusal } from './httpProtocol';
import type { Destinations } from './signals';

type ZipkinDestinations = Destinations & { readonly log: Log; readonly refusals: RateLimitedLog };

/** Zipkin's HTTP API as far as spans are sent to it (zipkin-api, zipkin2-api.yaml): 202 without a body, or a text. */
export function zipkinHttp(to: ZipkinDestinations): HttpProtocol {
  return {
    name: 'Zipkin',
    subsystem: 'zipkin',
    otherPath: 'Zipkin v2 spans go to POST /api/v2/spans.',
    otherProtocol: 'This port speaks Zipkin v2 JSON over HTTP/1.1.',
    types: 'application/json (UTF-8)',
    endpoint: path => (path === '/api/v2/spans' ? body => takeSpans(to, body) : undefined),
    // Zipkin takes what names no type as JSON, too.
    accepts: contentType => contentType === undefined || otlpEncoding(contentType) === 'json',
    refusal: (_, { status, message }) => ({
      status,
      contentType: 'text/plain; charset=utf-8',
      body: `${message}\n`,
    }),
  };
}

/** The good spans are kept whatever the others are; that some were left out has no place in a 202, the log has it. */
async function takeSpans(to: ZipkinDestinations, body: Uint8Array): Promise<Answer | Refusal> {
  let accepted = 0;
  const outcome = await exportRequest(
    {
      item: 'span',
      take: async ({ sink }) => {
        const { resourceSpans, rejected } = readSpans(body);
        const kept = await sink.ingest(encodeTraces(resourceSpans));
        noteRejected(sink, rejected);
        accepted = kept.accepted;
        return [...rejected, ...kept.rejected];
      },
    },
    to,
    body,
    'json',
  );
  switch (outcome.kind) {
    case 'success':
      if (outcome.rejected === 0) return { status: 202, body: '' };
      if (accepted === 0) return badData(`No span could be taken: ${outcome.message}`);
      to.refusals.write('zipkin partial', 'warn', 'zipkin', `left out of a request: ${outcome.message}`);
      return { status: 202, body: '' };
    case 'bad-data':
      return badData(outcome.message);
    case 'unavailable':
      return tryLater(outcome.message, retryAfterSeconds);
  }
}

function readSpans(body: Uint8Array): DecodedTraces {
  try {
    return zipkinToTraces(parseOtlpJson(body));
  } catch (error) {
    throw error instanceof InvalidJsonError ? error.of('Zipkin JSON') : error;
  }
}

function badData(message: string): Refusal {
  return { status: 400, code: rpcCode.invalidArgument, message };
}
