const OLDEST = [20, 19];

/** Ends with one clear line where Node is older than what the tools here need. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  console.error(`Node ${OLDEST.join('.')} or later is needed; this is ${process.versions.node}.`);
  process.exit(1);
}
