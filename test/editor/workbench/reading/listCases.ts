import type { OpenPage } from './readingPage';

/** What is on the list, and what is left out of it. */
export function listCases(open: OpenPage): void {
  it('shows the critical path alone at p', async () => {
    const reading = open();
    await reading.press('render', 'p');
    await reading.lacks('audit');
    await reading.view.getByRole('row', { name: /^render .*on the critical path: \d+ % of it/ }).waitFor();
    await reading.button('Critical path only: Show all spans').click();
    await reading.row('audit').waitFor();
  });

  it('folds repeats into one row with their times and errors, opens it, and unfolds all at r', async () => {
    const reading = open();
    await reading.press('load', 'C');
    await reading.view
      .getByRole('row', { name: /^4 × SELECT .*total 40 ms, mean 10 ms.*1 error among them/ })
      .locator('.name')
      .click();
    await reading.keys('ArrowRight', 'ArrowRight');
    await reading.view.locator('.row.selected[aria-level="4"]', { hasText: 'SELECT rows' }).waitFor();
    await reading.keys('r');
    await reading.lacks('4 ×');
    await reading.keys('r');
    await reading.row('4 ×').waitFor();
  });

  it('hides a service at h, a kind of span at H and what is short, with chips that show them again', async () => {
    const reading = open();
    await reading.press('serve cart', 'h');
    await reading.row('2 spans hidden').waitFor();
    await reading.press('audit', 'H');
    await reading.lacks('audit');
    await reading.choose('Hide spans', 'Hide Shorter Than 100 ms');
    await reading.lacks('layout');
    await reading.button('Hidden: shorter than 100 ms: Show them').click();
    await reading.row('layout').waitFor();
    await reading.button('Hidden: audit of reports: Show these spans').click();
    await reading.row('audit').waitFor();
    await reading.button('Hidden: service cart: Show its spans').click();
    await reading.row('serve cart').waitFor();
  });

  it('shows one span as the root at o, and the whole trace at O', async () => {
    const reading = open();
    await reading.press('render', 'o');
    await reading.shows('render', 'layout', 'measure');
    await reading.button('Root: render: Back to the whole trace').waitFor();
    await reading.keys('O');
    await reading.row('audit').waitFor();
  });

  it('collapses to one level at c, by the menu to none, and expands all at C', async () => {
    const reading = open();
    await reading.press('render', 'c');
    await reading.lacks('layout');
    await reading.row('render').waitFor();
    await reading.choose('Collapse and expand', 'Collapse All');
    await reading.shows('GET /report', 'lost');
    await reading.press('GET /report', 'C');
    await reading.row('measure').waitFor();
  });
}
