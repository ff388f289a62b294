/** The names and packed sizes in a zip file such as a .vsix. */
export function zipListing(file: string): { name: string; packedBytes: number }[];
