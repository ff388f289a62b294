/** A fresh data folder (`CAUSEWAY_DATA_DIR`); the collector that holds it is killed when the folder goes. */
export function dataFolder(): { readonly path: string; readonly remove: () => void };
