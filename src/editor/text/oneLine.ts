/** Names may hold line breaks, control characters and megabytes: a row has one line, and no marks that reorder it. */
export function oneLine(text: string, longest = 300): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return cut.replace(/[\u0000-\u001f\u007f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
}
