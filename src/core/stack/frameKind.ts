import type { FrameKind } from './stackTrace';

/** Prefixes of files that belong to a JavaScript runtime: Node, Deno, Bun, Electron, WebAssembly, browser extensions. */
const runtimePrefixes = [
  'node:',
  'internal/',
  'ext:',
  'deno:',
  'bun:',
  'electron/js2c/',
  'wasm://',
  'native',
  'index ',
  'chrome-extension://',
  'moz-extension://',
  'webpack/bootstrap',
  'webpack/runtime/',
];

/** Where package managers put code that is not the application's own. */
const dependencyFolders = ['/node_modules/', '/.yarn/', '/deno/npm/', '/.bun/install/'];
const dependencyPrefixes = [
  'node_modules/',
  'npm:',
  'jsr:',
  'https://deno.land/',
  'https://esm.sh/',
  'https://jsr.io/',
];

/** Whose code `file` is, judged by its name alone. A frame without a file is the runtime's (`Array.map (<anonymous>)`). */
export function frameKind(file: string | undefined): FrameKind {
  if (file === undefined || file === '' || file === '<anonymous>') return 'runtime';
  const path = file.includes('\\') ? file.replaceAll('\\', '/') : file;
  // Bundlers name what they add themselves webpack://name/webpack/bootstrap.
  const name = path.startsWith('webpack://') ? path.slice(path.indexOf('/', 10) + 1) : path;
  if (runtimePrefixes.some(prefix => name.startsWith(prefix))) return 'runtime';
  if (dependencyFolders.some(folder => path.includes(folder))) return 'dependency';
  if (dependencyPrefixes.some(prefix => path.startsWith(prefix) || name.startsWith(prefix)))
    return 'dependency';
  if (path.includes('/.pnp.cjs') || path.includes('/.pnp.loader.mjs')) return 'runtime';
  return 'app';
}
