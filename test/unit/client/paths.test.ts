import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  defaultDataDir,
  prepareDataDir,
  prepareSocketFolder,
  socketAddress,
  type Host,
} from '../../../src/client/paths';

describe('the default data folder', () => {
  const cases: [name: string, host: Omit<Host, 'uid'>, expected: string][] = [
    [
      'is ~/.local/share/causeway on Linux',
      { platform: 'linux', env: {}, home: '/home/ada' },
      '/home/ada/.local/share/causeway',
    ],
    [
      'is in XDG_DATA_HOME where that is set',
      { platform: 'linux', env: { XDG_DATA_HOME: '/data' }, home: '/home/ada' },
      '/data/causeway',
    ],
    [
      'ignores a relative XDG_DATA_HOME, as the specification says',
      { platform: 'linux', env: { XDG_DATA_HOME: 'data' }, home: '/home/ada' },
      '/home/ada/.local/share/causeway',
    ],
    [
      'is in Application Support on macOS',
      { platform: 'darwin', env: { XDG_DATA_HOME: '/data' }, home: '/Users/ada' },
      '/Users/ada/Library/Application Support/Causeway',
    ],
    [
      'is in LOCALAPPDATA on Windows',
      { platform: 'win32', env: { LOCALAPPDATA: 'D:\\Local' }, home: 'C:\\Users\\ada' },
      'D:\\Local\\Causeway',
    ],
    [
      'is below the home folder on a Windows without LOCALAPPDATA',
      { platform: 'win32', env: {}, home: 'C:\\Users\\ada' },
      'C:\\Users\\ada\\AppData\\Local\\Causeway',
    ],
    [
      'is what CAUSEWAY_DATA_DIR says, on Linux',
      { platform: 'linux', env: { CAUSEWAY_DATA_DIR: '/x/../y' }, home: '/home/ada' },
      '/y',
    ],
    [
      'is what CAUSEWAY_DATA_DIR says, on Windows',
      { platform: 'win32', env: { CAUSEWAY_DATA_DIR: 'E:\\c' }, home: 'C:\\Users\\ada' },
      'E:\\c',
    ],
  ];
  for (const [name, host, expected] of cases)
    it(name, () => assert.equal(defaultDataDir({ ...host, uid: 1000 }), expected));
});

describe('the socket', () => {
  const long = `/home/${'ä'.repeat(60)}/data`;

  it('lies in the data folder where its path is short enough', () => {
    assert.deepEqual(socketAddress('/home/ada/data', { platform: 'linux', uid: 1000 }), {
      path: '/home/ada/data/collector.sock',
      folder: '/home/ada/data',
    });
  });

  it('lies in a folder of the user in /tmp where the data folder is too deep, counted in bytes', () => {
    const { path, folder } = socketAddress(long, { platform: 'linux', uid: 1000 });
    assert.match(path, /^\/tmp\/causeway-1000\/[0-9a-f]{24}\.sock$/);
    assert.equal(folder, '/tmp/causeway-1000');
  });

  it('differs between two deep data folders', () => {
    const of = (dir: string): string => socketAddress(dir, { platform: 'darwin', uid: 501 }).path;
    assert.notEqual(of(long), of(`${long}2`));
    assert.equal(of(long), of(long));
  });

  it('is a named pipe on Windows, the same for every spelling of the folder', () => {
    const of = (dir: string): string => socketAddress(dir, { platform: 'win32', uid: undefined }).path;
    assert.match(of('C:\\Users\\ada\\AppData\\Local\\Causeway'), /^\\\\\.\\pipe\\causeway-[0-9a-f]{24}$/);
    assert.equal(of('C:\\Users\\Ada\\Data'), of('c:/users/ada/data'));
    assert.notEqual(of('C:\\a'), of('C:\\b'));
  });
});

describe('preparing the folders', () => {
  let base: string;
  beforeEach(() => (base = realpathSync(mkdtempSync(join(tmpdir(), 'causeway-paths-')))));
  afterEach(() => rmSync(base, { recursive: true, force: true }));
  const mode = (path: string): number => statSync(path).mode & 0o777;

  it('makes a data folder for the user alone', () => {
    assert.equal(mode(prepareDataDir(join(base, 'a', 'b'))), 0o700);
  });

  it('closes an empty folder that was open, and leaves the mode of one that holds something', () => {
    mkdirSync(join(base, 'empty'), { mode: 0o755 });
    assert.equal(mode(prepareDataDir(join(base, 'empty'))), 0o700);
    mkdirSync(join(base, 'full'));
    writeFileSync(join(base, 'full', 'x'), '');
    chmodSync(join(base, 'full'), 0o755);
    assert.equal(mode(prepareDataDir(join(base, 'full'))), 0o755);
  });

  it('resolves symbolic links, so that two spellings have one socket', () => {
    mkdirSync(join(base, 'real'));
    symlinkSync(join(base, 'real'), join(base, 'link'));
    assert.equal(prepareDataDir(join(base, 'link')), join(base, 'real'));
  });

  it('refuses a socket folder that is a link', () => {
    mkdirSync(join(base, 'elsewhere'));
    symlinkSync(join(base, 'elsewhere'), join(base, 'link'));
    assert.throws(
      () => prepareSocketFolder({ path: join(base, 'link', 'x.sock'), folder: join(base, 'link') }, '/data'),
      /belongs to somebody else/,
    );
  });

  it('closes a socket folder that others may enter', () => {
    const folder = join(base, 'sockets');
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    prepareSocketFolder({ path: join(folder, 'x.sock'), folder }, '/data');
    assert.equal(mode(folder), 0o700);
  });
});
