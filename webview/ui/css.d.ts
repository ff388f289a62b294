/** Style sheets are imported for their effect: esbuild gathers them in one file beside the script. */
declare module '*.css';
