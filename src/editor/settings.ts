import * as vscode from 'vscode';
import type { CollectorSettings } from '../protocol/collectorProtocol';
import { readSettings } from './collector/readSettings';
import { settings } from './contributions';

/** The collector's settings as the user has them. */
export function collectorSettings(): CollectorSettings {
  const configuration = vscode.workspace.getConfiguration();
  return readSettings(id => configuration.get<unknown>(id));
}

/** The data folder the user named, undefined for the usual one. */
export function dataDirectory(): string | undefined {
  const value = vscode.workspace.getConfiguration().get<unknown>(settings.dataDirectory);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
