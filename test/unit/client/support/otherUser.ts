import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { attach } from '../../../../src/client/attach';
import { prepareDataDir, prepareSocketFolder } from '../../../../src/client/paths';
import { defaultSettings } from '../../../../src/protocol/collectorArguments';

// What a test has another user do; prints what came of it.

const deeds: Readonly<Record<string, (path: string, other: string) => unknown>> = {
  prepareDataDir,
  prepareSocketFolder(folder) {
    prepareSocketFolder({ path: `${folder}/x.sock`, folder }, '/data');
    return 'done';
  },
  mkdir(path) {
    mkdirSync(path, { mode: 0o777 });
    return 'done';
  },
  symlink(path, target) {
    symlinkSync(target, path);
    return 'done';
  },
  list: path => readdirSync(path).join(','),
  read: path => readFileSync(path, 'utf8'),
  write(path) {
    writeFileSync(path, 'from somebody else');
    return 'done';
  },
  connect: path =>
    new Promise((resolve, reject) => {
      const socket = connect(path, () => {
        socket.destroy();
        resolve('connected');
      });
      socket.on('error', reject);
    }),
  async attach(dataDir) {
    const result = await attach({
      dataDir,
      settings: defaultSettings,
      autoStart: false,
      graceMs: 1000,
      execPath: process.execPath,
      collectorPath: '',
      version: '1.0.0',
      client: 'test',
      subscribe: false,
      onEvent: () => undefined,
      log: () => undefined,
      signal: new AbortController().signal,
      letOthersStart: false,
    });
    return result.attachment ? 'attached' : result.message;
  },
};

const [, , deed = '', path = '', other = ''] = process.argv;
Promise.resolve()
  .then(() => deeds[deed]?.(path, other))
  .then(
    result => process.stdout.write(`${String(result)}\n`),
    (error: unknown) => process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`),
  )
  .finally(() => process.exit());
