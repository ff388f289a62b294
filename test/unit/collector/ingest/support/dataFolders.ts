import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../../../../src/collector/engine';
import { openEngine, type EngineOptions } from '../../../../../src/collector/openEngine';

const folders: string[] = [];
const engines: Engine[] = [];

/** A new data folder; see removeDataFolders. */
export function newDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-store-'));
  folders.push(folder);
  return folder;
}

/** Opens a data folder with limits that no test reaches unless it sets its own. */
export async function openTestEngine(dataDir: string, options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await openEngine({
    dataDir,
    retention: { maxSpans: 10_000_000, maxBytes: 2 ** 32, maxAgeSeconds: 1_000_000 },
    log: () => undefined,
    ...options,
  });
  engines.push(engine);
  return engine;
}

/** For afterEach: closes what is open and removes the folders. */
export async function removeDataFolders(): Promise<void> {
  for (const engine of engines.splice(0)) await engine.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
