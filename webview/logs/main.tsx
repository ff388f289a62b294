import { render } from 'preact';
import type { LogDetail } from '../../src/protocol/logDetail';
import {
  logsViewState,
  toLogsWebview,
  type FromLogsWebview,
  type LogsViewState,
  type NewestLogs,
  type ToLogsWebview,
} from '../../src/protocol/logsProtocol';
import { registerControls } from '../ui/controls';
import { CopyContext } from '../ui/copyContext';
import { Host } from '../ui/host';
import { Requests } from '../ui/requests';
import { Store } from '../ui/store';
import { App } from './App';
import { LogList } from './logList';
import type { PaneSizes } from './paneSizes';
import './logs.css';

const timeoutMilliseconds = 20_000;

registerControls();
const host = new Host<FromLogsWebview, ToLogsWebview, LogsViewState>({
  incoming: toLogsWebview,
  state: logsViewState,
});
const saved = host.state;
const requests = new Requests<NewestLogs>(timeoutMilliseconds);
const sizes = new Store<PaneSizes>({
  detailWidth: saved?.detailWidth,
  detailHeight: saved?.detailHeight,
});
const list = new LogList({ minSeverity: saved?.minSeverity, live: saved?.live ?? true }, question =>
  requests.send(requestId => host.post({ type: 'getLogs', requestId, ...question })),
);

host.listen(message => {
  switch (message.type) {
    case 'logs':
      requests.succeed(message.requestId, message.page);
      return;
    case 'failed':
      requests.fail(message.requestId, message.message);
      return;
    case 'changed':
      list.changed(message.logCount);
  }
});

function save(): void {
  const { minSeverity, live } = list.options;
  const { detailWidth, detailHeight } = sizes.value;
  host.save({
    live,
    ...(minSeverity === undefined ? {} : { minSeverity }),
    ...(detailWidth === undefined ? {} : { detailWidth }),
    ...(detailHeight === undefined ? {} : { detailHeight }),
  });
}

list.version.subscribe(save);
sizes.subscribe(save);

function open({ traceId, spanId }: LogDetail): void {
  if (traceId !== '') host.post({ type: 'openTrace', traceId, ...(spanId === '' ? {} : { spanId }) });
}

const root = document.getElementById('app');
if (root)
  render(
    <CopyContext.Provider value={(text, what) => host.post({ type: 'copy', text, what })}>
      <App
        list={list}
        sizes={sizes}
        onOpen={open}
        onCopyEnvironment={() => host.post({ type: 'copyEnvironment' })}
      />
    </CopyContext.Provider>,
    root,
  );
host.post({ type: 'ready' });
list.reload();
