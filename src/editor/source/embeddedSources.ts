import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { WorkspaceFile } from './sourceFiles';
import type { SourceMaps } from './sourceMaps';

/** Scheme of read-only documents whose text stands in a source map (`sourcesContent`) and not on disk. */
export const embeddedScheme = 'causeway-source';

const query = z.object({ folder: z.string(), path: z.string(), source: z.int().check(z.minimum(0)) });

/**
 * Shows sources that exist in a source map only. The URI names the generated file and the source's index, so a document
 * comes back after the window was reloaded. Only files of the workspace can be named.
 */
export class EmbeddedSources implements vscode.TextDocumentContentProvider {
  constructor(readonly maps: SourceMaps) {}

  uri(generated: WorkspaceFile, source: number, name: string): vscode.Uri {
    return vscode.Uri.from({
      scheme: embeddedScheme,
      path: `/${name}`,
      query: JSON.stringify({ folder: generated.folder, path: generated.path, source }),
    });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const parsed = query.safeParse(parseJson(uri.query));
    if (!parsed.success) throw new Error(`${uri.toString(true)} names no source of a source map.`);
    const { folder, path, source } = parsed.data;
    const loaded = await this.maps.load({ folder, path });
    const content = loaded?.map.contents[source];
    if (content === undefined) throw new Error(`The source map of ${path} no longer has this source.`);
    return content;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The schema refuses it.
    return undefined;
  }
}
