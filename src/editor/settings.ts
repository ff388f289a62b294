import * as vscode from 'vscode';
import { defaultSettings } from '../protocol/collectorArguments';
import type { CollectorSettings } from '../protocol/collectorProtocol';
import { settings } from './contributions';

/** The collector's settings as the user has them; the manifest holds defaults and limits. */
export function collectorSettings(): CollectorSettings {
  return {
    ...defaultSettings,
    httpPort: number(settings.httpPort, 4318),
    grpcPort: number(settings.grpcPort, 4317),
    retention: {
      maxSpans: number(settings.maxSpans, 1_000_000),
      maxBytes: number(settings.maxMegabytes, 2048) * 1024 * 1024,
      maxAgeSeconds: number(settings.maxAgeHours, 336) * 3600,
    },
  };
}

/** The data folder the user named, undefined for the usual one. */
export function dataDirectory(): string | undefined {
  const value = vscode.workspace.getConfiguration().get<string>(settings.dataDirectory);
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}

/** settings.json is typed by hand: what is no number falls back to the default. */
function number(id: string, fallback: number): number {
  const value = vscode.workspace.getConfiguration().get<unknown>(id);
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : fallback;
}
