// A process that is a client as an editor window is one: `windowProgram <data folder> <collector.js> <version>`.
import { connectCollector } from '../../../src/client/collectorClient';
import { defaultSettings } from '../../../src/protocol/collectorArguments';

const [dataDir = '', collectorPath = '', version = ''] = process.argv.slice(2);
connectCollector({
  dataDir,
  settings: { ...defaultSettings, httpPort: 0, grpcPort: 0 },
  execPath: process.execPath,
  collectorPath,
  version,
  client: 'test',
  log: () => undefined,
  autoStart: true,
  graceMs: 300,
});
// The connection alone does not keep a process.
setInterval(() => undefined, 60_000);
