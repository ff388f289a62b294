import assert from 'node:assert/strict';
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attacker, mayBeOthers, SharedFolder } from '../unit/client/support/asOtherUser';
import { DataFolder } from './support/dataFolder';
import { Foreground } from './support/foreground';
import { buildPrograms, type Programs } from './support/programs';
import { newSpans, post } from './support/send';

describe('a running collector whose data folder the user has opened to others', function () {
  this.timeout(60_000);
  let programs: Programs;
  let folder: DataFolder;
  let collector: Foreground;

  before(async () => {
    programs = await buildPrograms();
    folder = new DataFolder();
    writeFileSync(join(folder.path, 'notes'), 'mine');
    chmodSync(folder.path, 0o755);
    collector = await Foreground.start(programs, folder);
    assert.equal((await post(collector.http, newSpans(3).body)).status, 200);
  });
  after(async () => {
    await collector.end();
    await folder.remove();
  });

  it('keeps socket, journal, locks and log to the user', () => {
    const mode = (name: string): number => statSync(join(folder.path, name)).mode & 0o777;
    assert.equal(mode('collector.sock'), 0o600);
    assert.equal(mode('collector.log'), 0o600);
    assert.equal(mode('locks'), 0o700);
    assert.equal(mode('journal') & 0o077, 0);
    for (const segment of readdirSync(join(folder.path, 'journal')))
      assert.equal(mode(join('journal', segment)) & 0o077, 0, segment);
  });

  // Only root can be somebody else.
  if (mayBeOthers)
    it('lets another user neither ask it nor read what it stored', async () => {
      const shared = await SharedFolder.open();
      try {
        assert.match(await shared.run(attacker, 'list', folder.path), /notes/, 'the folder itself is open');
        for (const deed of [
          ['connect', 'collector.sock'],
          ['read', 'collector.log'],
          ['list', 'journal'],
          ['list', 'locks'],
          ['write', 'planted'],
        ] as const)
          assert.match(
            await shared.run(attacker, deed[0], join(folder.path, deed[1])),
            /EACCES/,
            deed.join(' '),
          );
      } finally {
        shared.remove();
      }
    });
});
