import { detailCases } from './reading/detailCases';
import { findCases } from './reading/findCases';
import { flawCases } from './reading/flawCases';
import { linkCases } from './reading/linkCases';
import { listCases } from './reading/listCases';
import { ReadingPage } from './reading/readingPage';
import { readingTrace } from './reading/readingTrace';
import { stayCases } from './reading/stayCases';
import { timeCases } from './reading/timeCases';
import { eventually } from './support/eventually';
import { openWorkbench, type Workbench } from './support/openWorkbench';
import { sendSpans } from './support/sendSpans';
import { openCauseway, treeRow } from './support/sideBar';

/** One window for all that one does with a trace: every case leaves it as it found it. */
describe('reading a trace in the workbench', function () {
  this.timeout(90_000);
  let window: Workbench;
  let reading: ReadingPage;
  const open = () => reading;

  before(async () => {
    window = await openWorkbench({ workspace: 'examples/shop', viewport: { width: 1500, height: 950 } });
    await openCauseway(window.page);
    await eventually(
      () =>
        sendSpans(window.otlpHttp, readingTrace()).then(
          () => true,
          () => false,
        ),
      done => done,
      { timeout: 20_000, what: 'an answer of the collector' },
    );
    await treeRow(window.page, /^GET \/report/).click();
    reading = new ReadingPage(window);
    await reading.row('layout').waitFor({ timeout: 20_000 });
  });
  after(() => window.close());

  timeCases(open);
  findCases(open);
  listCases(open);
  flawCases(open);
  detailCases(open);
  linkCases(open);
  stayCases(open);
});
