import assert from 'node:assert/strict';
import { openWorkbench } from './support/openWorkbench';
import type { Workbench } from './support/openWorkbench';
import { openCauseway } from './support/sideBar';

describe('the workbench with the extension', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ workspace: 'examples/shop' });
  });
  after(() => workbench.close());

  it('has Causeway in the activity bar, and its view opens', async () => {
    const sideBar = await openCauseway(workbench.page);
    assert.match(await sideBar.innerText(), /traces/i);
  });

  it('activates without an error', () => {
    assert.deepEqual(workbench.errors, []);
  });
});
