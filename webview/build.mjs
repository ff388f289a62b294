/**
 * How the webviews are bundled: one script and one style sheet a view, the icon font beside them. The build adds what
 * depends on whether it is for release; the webview tests build the same bundle for themselves.
 * @type {import('esbuild').BuildOptions}
 */
export const webviewBundle = {
  bundle: true,
  platform: 'browser',
  target: 'es2022',
  format: 'esm',
  entryPoints: { waterfall: 'webview/waterfall/main.tsx', logs: 'webview/logs/main.tsx' },
  jsx: 'automatic',
  jsxImportSource: 'preact',
  loader: { '.ttf': 'file' },
};
