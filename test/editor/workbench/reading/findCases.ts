import assert from 'node:assert/strict';
import type { OpenPage } from './readingPage';

/** Finding spans in the trace, with questions that only the collector can answer. */
export function findCases(open: OpenPage): void {
  it('finds text, goes along what it found, and shows it alone', async () => {
    const reading = open();
    await reading.press('render', '/');
    await reading.page.keyboard.type('postgresql');
    await reading.counts('4 matches');
    await reading.keys('Enter');
    await reading.counts('1 of 4');
    await reading.view.locator('.row.selected.match .name').click();
    await reading.keys('n');
    await reading.counts('2 of 4');
    await reading.keys('N');
    await reading.counts('1 of 4');
    await reading.button('Matches only, with their ancestors').click();
    await reading.lacks('render');
    await reading.button('Matches only: Show all spans').click();
    await reading.press('render', 'Escape');
    await reading.view.locator('.row.match').first().waitFor({ state: 'detached' });
    assert.equal(await reading.view.locator('.find-input').inputValue(), '');
  });

  it('finds by a condition on fields and attributes, and says what is wrong with one', async () => {
    const reading = open();
    await reading.find('service = cart && duration > 30ms');
    await reading.counts('1 match');
    await reading.view.locator('.row.match', { hasText: 'serve cart' }).waitFor();
    await reading.find('.db.system.name = postgresql && status = error');
    await reading.counts('1 match');
    await reading.find('duration > fast');
    await reading.view.getByText('Column 12: A duration needs').waitFor();
    await reading.keys('Escape');
    await reading.view.getByText('Column 12').waitFor({ state: 'detached' });
  });
}
