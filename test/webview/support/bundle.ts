import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { webviewBundle } from '../../../webview/build.mjs';

let built: Promise<ReadonlyMap<string, Buffer>> | undefined;

/** The files of the webview bundle by name, built once a run from the sources as they are. */
export function webviewFiles(): Promise<ReadonlyMap<string, Buffer>> {
  built ??= buildFiles();
  return built;
}

async function buildFiles(): Promise<ReadonlyMap<string, Buffer>> {
  const folder = mkdtempSync(join(tmpdir(), 'webview-'));
  try {
    const { metafile } = await build({
      ...webviewBundle,
      outdir: folder,
      metafile: true,
      logLevel: 'warning',
    });
    const files = Object.keys(metafile.outputs).map(file => basename(file));
    return new Map(files.map(file => [file, readFileSync(join(folder, file))]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
