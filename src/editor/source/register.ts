import * as vscode from 'vscode';
import { EmbeddedSources, embeddedScheme } from './embeddedSources';
import { SourceMaps } from './sourceMaps';
import { SourceNavigator } from './sourceNavigator';
import { WorkspaceSourceFiles } from './workspaceSourceFiles';

/** Click to source: from a span to the line that threw. */
export function registerSource(
  context: vscode.ExtensionContext,
  { log }: { log: vscode.LogOutputChannel },
): SourceNavigator {
  const files = new WorkspaceSourceFiles(log);
  const maps = new SourceMaps(files);
  const embedded = new EmbeddedSources(maps);
  context.subscriptions.push(
    files,
    vscode.workspace.registerTextDocumentContentProvider(embeddedScheme, embedded),
    new vscode.Disposable(() => maps.clear()),
  );
  return new SourceNavigator(files, maps, embedded, log);
}
