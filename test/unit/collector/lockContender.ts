import { lockDataDir } from '../../../src/collector/lock';

// Run by lock.test.ts as a process of its own: takes the lock as `argv[3]`, says what came of it, and holds it until
// its stdin ends.
async function contend(dataDir: string, kind: 'command' | 'collector'): Promise<void> {
  const result = await lockDataDir(dataDir, kind, 5000);
  process.stdout.write('lock' in result ? 'held\n' : `heldBy ${result.heldBy.pid}\n`);
  process.stdin.resume();
  process.stdin.on('end', () => {
    if ('lock' in result) result.lock.release();
    process.exit(0);
  });
}

void contend(process.argv[2] ?? '', process.argv[3] === 'command' ? 'command' : 'collector');
