import type * as vscode from 'vscode';
import { connectCollector, type CollectorClient } from '../../client/collectorClient';
import { defaultDataDir, thisHost } from '../../client/paths';
import { collectorSettings, dataDirectory } from '../settings';

/** Finds the collector that all windows share, or starts it; returns at once. */
export function connect(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): CollectorClient {
  const { version } = context.extension.packageJSON as { version: string };
  const client = connectCollector({
    dataDir: dataDirectory() ?? defaultDataDir(thisHost()),
    settings: collectorSettings(),
    execPath: process.execPath,
    collectorPath: context.asAbsolutePath('dist/collector.js'),
    version,
    client: 'editor',
    log: (level, message) => log[level](message),
    autoStart: true,
  });
  context.subscriptions.push(client);
  return client;
}
