/** Put in by the bundler from package.json; absent where the sources run as they are (tests). */
declare const __VERSION__: string | undefined;

/** The version of this program; `dev` is neither newer nor older than any. */
export const version = typeof __VERSION__ === 'string' ? __VERSION__ : 'dev';
