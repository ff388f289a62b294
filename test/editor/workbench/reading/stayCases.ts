import assert from 'node:assert/strict';
import { runCommand } from '../support/commandPalette';
import { eventually } from '../support/eventually';
import { reloadWindow } from '../support/reloadWindow';
import { sendSpans } from '../support/sendSpans';
import type { OpenPage } from './readingPage';
import { manySpans, readingRoot, readingSpan } from './readingTrace';

const late = (name: string) => readingSpan(name, 990, 1, { parentSpanId: readingRoot.spanId });

/** What a reader chose stays, whatever happens around it. */
export function stayCases(open: OpenPage): void {
  it('tells of new spans, and keeps the selection, the scroll position and the zoom', async () => {
    const reading = open();
    await sendSpans(reading.window.otlpHttp, manySpans());
    await reading.view.getByText('60 new spans', { exact: true }).waitFor();
    await reading.press('render', 'End', 'ArrowUp', 'ArrowUp', 'f');
    const selected = reading.view.locator('.row.selected');
    await eventually(
      () => reading.range(),
      ([start, end]) => end - start < 100,
      { what: 'the zoom' },
    );
    const before = { place: await selected.boundingBox(), range: await reading.range() };
    await sendSpans(reading.window.otlpHttp, [late('late')]);
    await reading.view.getByText(/^(1|61) new spans?$/).waitFor();
    assert.deepEqual({ place: await selected.boundingBox(), range: await reading.range() }, before);
    await reading.keys('0');
  });

  it('is as it was left after the window is reloaded', async () => {
    const reading = open();
    await reading.keys('Home');
    await reading.find('status = error');
    await reading.counts('1 match');
    await reading.press('serve cart', 'h');
    await reading.press('render', 'ArrowLeft', 'f', 'q');
    await reading.lacks('layout');
    const range = await reading.range();
    // The state is saved within a moment of the last change.
    await reading.page.waitForTimeout(500);
    assert.deepEqual(reading.window.errors, []);
    await reloadWindow(reading.page);
    await reading.view.locator('.row.selected', { hasText: 'render' }).waitFor({ timeout: 60_000 });
    assert.deepEqual(await reading.range(), range);
    await reading.button('Hidden: service cart: Show its spans').waitFor();
    await reading.counts('1 match');
    await reading.lacks('layout');
    await reading.button(/^Squeeze what is idle: /).waitFor();
  });

  it('stays so over a restart of the collector, and goes on growing', async () => {
    const reading = open();
    await runCommand(reading.page, 'Causeway: Restart Collector');
    await eventually(
      () =>
        sendSpans(reading.window.otlpHttp, [late('later')]).then(
          () => true,
          () => false,
        ),
      done => done,
      { timeout: 20_000, what: 'an answer of the collector' },
    );
    await reading.view.getByText('1 new span', { exact: true }).waitFor({ timeout: 20_000 });
    await reading.selects('render');
    await reading.button('Hidden: service cart: Show its spans').click();
    await reading.row('serve cart').waitFor();
    await reading.find('name = later');
    await reading.counts('1 match');
  });
}
