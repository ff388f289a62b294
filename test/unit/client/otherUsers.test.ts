import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import * as fc from 'fast-check';
import { prepareDataDir, socketAddress } from '../../../src/client/paths';
import { attacker, mayBeOthers, SharedFolder, victim } from './support/asOtherUser';

describe('a data folder against other users of the machine', function () {
  this.timeout(60_000);
  let own: string;
  beforeEach(() => (own = realpathSync(mkdtempSync(join(tmpdir(), 'causeway-own-')))));
  afterEach(() => rmSync(own, { recursive: true, force: true }));

  it('that others may write in is closed to them, and stays readable where the user has opened it', () => {
    writeFileSync(join(own, 'x'), '');
    chmodSync(own, 0o777);
    prepareDataDir(own);
    assert.equal(statSync(own).mode & 0o777, 0o755);
  });

  // Only root can be somebody else: elsewhere these have nobody to play the other part.
  if (mayBeOthers) {
    let shared: SharedFolder;
    beforeEach(async () => (shared = await SharedFolder.open()));
    afterEach(() => shared.remove());

    it('that somebody else made is refused, even where it is open to all', async () => {
      const planted = join(shared.sticky, 'data');
      assert.equal(await shared.run(attacker, 'mkdir', planted), 'done');
      chmodSync(planted, 0o777);
      assert.match(
        await shared.run(victim, 'prepareDataDir', planted),
        /data belongs to another user \(uid 61235\)/,
      );
      assert.match(await shared.run(victim, 'attach', planted), /belongs to another user/);
    });

    it('that is a link of somebody else is refused, wherever it leads, by root, too', async () => {
      const target = join(shared.sticky, 'home');
      assert.equal(await shared.run(victim, 'mkdir', target), 'done');
      const link = join(shared.path, 'link');
      chmodSync(shared.path, 0o777);
      assert.equal(await shared.run(attacker, 'symlink', link, target), 'done');
      assert.match(await shared.run(victim, 'prepareDataDir', link), /link belongs to another user/);
      assert.throws(() => prepareDataDir(link), /link belongs to another user/);
    });

    it('that is a link of one’s own is followed', async () => {
      const link = join(shared.sticky, 'link');
      const target = join(shared.sticky, 'home');
      assert.equal(await shared.run(victim, 'mkdir', target), 'done');
      assert.equal(await shared.run(victim, 'symlink', link, target), 'done');
      assert.equal(await shared.run(victim, 'prepareDataDir', link), realpathSync(target));
    });

    it('that was just made lets nobody else in', async () => {
      const folder = join(shared.sticky, 'data');
      assert.equal(await shared.run(victim, 'prepareDataDir', folder), realpathSync(shared.sticky) + '/data');
      for (const deed of [
        ['list', folder],
        ['write', join(folder, 'x')],
        ['connect', join(folder, 'collector.sock')],
      ] as const)
        assert.match(await shared.run(attacker, ...deed), /EACCES/, deed[0]);
    });

    it('whose socket lies in /tmp: a folder that somebody else put there is refused by collector and client, and nobody connects to it', async () => {
      const folder = `/tmp/causeway-${victim}`;
      const deep = join(shared.sticky, 'd'.repeat(100));
      rmSync(folder, { recursive: true, force: true });
      assert.equal(
        await shared.run(victim, 'prepareDataDir', deep),
        realpathSync(shared.sticky) + `/${'d'.repeat(100)}`,
      );
      const address = socketAddress(realpathSync(deep), { platform: process.platform, uid: victim });
      assert.equal(address.folder, folder);
      assert.equal(await shared.run(attacker, 'mkdir', folder), 'done');
      chmodSync(folder, 0o777);
      let connections = 0;
      const impostor = createServer(() => connections++).listen(address.path);
      await once(impostor, 'listening');
      chmodSync(address.path, 0o777);
      try {
        assert.match(await shared.run(victim, 'prepareSocketFolder', folder), /belongs to somebody else/);
        assert.match(await shared.run(victim, 'attach', deep), /belongs to somebody else/);
        assert.equal(connections, 0);
      } finally {
        impostor.close();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }

  describe('names', () => {
    for (const name of [
      'a/../../b',
      './x/./y/..',
      'a b',
      'ünïcödé 😀',
      '%2e%2e',
      '$(touch pwned)',
      "'; rm -rf .; '",
      '-rf',
      'a\nb',
      '~',
    ])
      it(`${JSON.stringify(name)} is the folder of that name, and nothing else is made`, () => {
        const inside = join(own, 'one', 'two');
        mkdirSync(inside, { recursive: true });
        const wanted = join(inside, name);
        const path = prepareDataDir(`${inside}/${name}`);
        assert.equal(path, wanted.replace(/\/$/, ''));
        assert.ok(path.startsWith(own));
        assert.ok(!existsSync(join(process.cwd(), 'pwned')));
      });

    it('with a NUL are refused by the system, not cut off there', () => {
      assert.throws(() => prepareDataDir(join(own, 'a\0b')), { code: 'ERR_INVALID_ARG_VALUE' });
      assert.ok(!existsSync(join(own, 'a')));
    });

    it('never lead a socket out of its folder, whatever they are', () => {
      fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 200 }), name => {
          const { path, folder = '' } = socketAddress(normalize(`/data/${name}`), {
            platform: 'linux',
            uid: 1000,
          });
          assert.equal(normalize(path), path);
          assert.ok(path.startsWith(folder.endsWith('/') ? folder : `${folder}/`), path);
          assert.ok(Buffer.byteLength(path) <= 103, 'sun_path holds it');
          assert.match(
            socketAddress(name, { platform: 'win32', uid: undefined }).path,
            /^\\\\\.\\pipe\\causeway-[0-9a-f]{24}$/,
          );
        }),
        { numRuns: 200 },
      );
    });
  });
});
