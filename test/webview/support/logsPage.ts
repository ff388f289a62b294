import type { Browser } from 'playwright-core';
import type {
  FromLogsWebview,
  LogsViewState,
  NewestLogs,
  ToLogsWebview,
} from '../../../src/protocol/logsProtocol';
import { openWebviewPage, type WebviewPage, type WebviewPageOptions } from './webviewPage';

/** What stands in for the extension host: answers a page of records, or the message of a failure. */
export type FakeLogs = (
  asked: Extract<FromLogsWebview, { type: 'getLogs' }>,
) => NewestLogs | string | undefined;

export type LogsPage = WebviewPage<FromLogsWebview, ToLogsWebview, LogsViewState>;

/** The built list of log records in a browser page, with a fake host behind it. */
export function openLogs(
  browser: Browser,
  host: FakeLogs,
  options: WebviewPageOptions<LogsViewState> = {},
): Promise<LogsPage> {
  return openWebviewPage<FromLogsWebview, ToLogsWebview, LogsViewState>(
    browser,
    'logs',
    options,
    async (message, send) => {
      if (message.type !== 'getLogs') return;
      const { requestId } = message;
      const page = host(message);
      if (typeof page === 'string') await send({ type: 'failed', requestId, message: page });
      else if (page) await send({ type: 'logs', requestId, page });
    },
  );
}
