/** A fresh folder with a short path that is gone when this process ends. */
export function tempFolder(name: string): { readonly path: string; remove(this: void): void };
