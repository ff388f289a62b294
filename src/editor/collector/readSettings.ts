import type * as z from 'zod/mini';
import { defaultSettings } from '../../protocol/collectorArguments';
import { collectorSettings, type CollectorSettings } from '../../protocol/collectorProtocol';
import { settings } from '../contributions';

const megabyte = 1024 * 1024;

/**
 * The collector's settings out of the editor's, whose values `get` answers by their ids. settings.json is typed by
 * hand: each value that the collector would not take falls back to its default, and the others still count.
 */
export function readSettings(get: (id: string) => unknown): CollectorSettings {
  const { shape } = collectorSettings;
  const limits = shape.retention.shape;
  const usual = defaultSettings;
  const read = <T>(id: string, schema: z.ZodMiniType<T>, fallback: T): T => {
    const parsed = schema.safeParse(get(id));
    return parsed.success ? parsed.data : fallback;
  };
  /** A number in another unit than the collector's. */
  const scaled = (id: string, factor: number, schema: z.ZodMiniType<number>, fallback: number): number => {
    const value = get(id);
    const parsed = schema.safeParse(typeof value === 'number' ? value * factor : undefined);
    return parsed.success ? parsed.data : fallback;
  };
  return {
    httpPort: read(settings.httpPort, shape.httpPort, usual.httpPort),
    grpcPort: read(settings.grpcPort, shape.grpcPort, usual.grpcPort),
    zipkinPort: read(settings.zipkinPort, shape.zipkinPort, usual.zipkinPort),
    retention: {
      maxSpans: read(settings.maxSpans, limits.maxSpans, usual.retention.maxSpans),
      maxBytes: scaled(settings.maxMegabytes, megabyte, limits.maxBytes, usual.retention.maxBytes),
      maxAgeSeconds: scaled(settings.maxAgeHours, 3600, limits.maxAgeSeconds, usual.retention.maxAgeSeconds),
    },
    allowedOrigins: read(settings.allowedOrigins, shape.allowedOrigins, usual.allowedOrigins),
    allowedHosts: read(settings.allowedHosts, shape.allowedHosts, usual.allowedHosts),
    syncIntervalMs: read(settings.syncInterval, shape.syncIntervalMs, usual.syncIntervalMs),
    maxMemoryBytes: scaled(settings.maxMemoryMegabytes, megabyte, shape.maxMemoryBytes, usual.maxMemoryBytes),
    maxRequestBytes: scaled(
      settings.maxRequestMegabytes,
      megabyte,
      shape.maxRequestBytes,
      usual.maxRequestBytes,
    ),
  };
}
