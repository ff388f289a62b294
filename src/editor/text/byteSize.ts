const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** A number of bytes in the unit that suits it, of 1024 each as VS Code counts them: `1.5 MB`. */
export function byteSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // What would be rounded up to 1024 belongs to the next unit already.
  while (value >= 1023.5 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${Number(value.toFixed(digits)).toLocaleString('en')} ${units[unit] ?? ''}`;
}
