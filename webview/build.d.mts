import type { BuildOptions } from 'esbuild';

/** How the webviews are bundled, without an output folder. */
export const webviewBundle: BuildOptions;
