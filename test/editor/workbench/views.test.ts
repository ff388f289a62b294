import type { FrameLocator } from 'playwright-core';
import { eventually } from './support/eventually';
import { openWorkbench, type Workbench } from './support/openWorkbench';
import { sendSpans, type SentSpan } from './support/sendSpans';
import { openCauseway, treeRow } from './support/sideBar';
import { webviewFrame } from './support/webviewFrame';

const traceId = '2222333344445555666677778888aaaa';
const start = BigInt(Date.now()) * 1_000_000n - 3_600_000_000_000n;
const root: SentSpan = { traceId, spanId: '00000000000000a1', name: 'GET /report', start, milliseconds: 100 };
const below = (name: string, number: number): SentSpan => ({
  traceId,
  spanId: `00000000000000b${number}`,
  parentSpanId: root.spanId,
  name,
  start: start + BigInt(number) * 10_000_000n,
  milliseconds: 5,
});

describe('the views of a trace in the workbench', function () {
  this.timeout(180_000);
  let window: Workbench;
  let view: FrameLocator;

  before(async () => {
    window = await openWorkbench({ workspace: 'examples/shop', viewport: { width: 1400, height: 900 } });
    await openCauseway(window.page);
    await eventually(
      () =>
        sendSpans(window.otlpHttp, [root, below('layout', 1), below('layout', 2)]).then(
          () => true,
          () => false,
        ),
      done => done,
      { timeout: 20_000, what: 'an answer of the collector' },
    );
    await treeRow(window.page, /^GET \/report/).click();
    view = webviewFrame(window.page);
    await view.getByRole('treegrid').waitFor({ timeout: 20_000 });
  });
  after(() => window.close());

  it('go round with the selection at v: flame graph, table, JSON', async () => {
    await view.getByRole('row', { name: /^GET \/report / }).click();
    await window.page.keyboard.press('v');
    await view.getByRole('treeitem', { name: /^GET \/report, / }).waitFor();
    await window.page.keyboard.press('ArrowDown');
    await view.getByRole('treeitem', { name: /^layout, / }).waitFor();
    await window.page.keyboard.press('v');
    await view
      .getByRole('grid')
      .getByRole('row', { name: /^layout /, selected: true })
      .waitFor();
    await window.page.keyboard.press('v');
    await view.locator('.json-line.selected', { hasText: '"name": "layout"' }).waitFor();
  });

  it('have statistics of operations', async () => {
    await view.getByRole('button', { name: 'Table' }).click();
    await view.getByRole('tab', { name: 'Operations' }).click();
    await view.getByRole('row', { name: /^layout reports (1 of )?2 0 10 ms 10 ms 5 ms 5 ms/ }).waitFor();
  });

  it('tell of spans that come while the trace is looked at', async () => {
    await sendSpans(window.otlpHttp, [below('late', 3)]);
    await view.getByText('1 new span', { exact: true }).waitFor();
    await view.getByText('still arriving').first().waitFor();
    await view.getByRole('row', { name: /^late reports 1 0/ }).waitFor();
  });

  it('open the trace as a JSON document', async () => {
    await view.getByRole('button', { name: 'JSON', exact: true }).click();
    await view.getByRole('button', { name: 'Open as document' }).click();
    await window.page.locator('.monaco-editor .view-line', { hasText: '"resourceSpans"' }).first().waitFor();
  });
});
