import { readingTraceId } from './readingTrace';
import type { OpenPage } from './readingPage';

/** The details of a span by its category, and what can be taken along. */
export function detailCases(open: OpenPage): void {
  it('lays a query out, and says how long others like it took', async () => {
    const reading = open();
    await reading.find('status = error && .db.system.name = postgresql');
    await reading.counts('1 match');
    await reading.page.keyboard.press('Enter');
    await reading.view.locator('.sql', { hasText: /SELECT\s*\n\s+\*\s*\nFROM/ }).waitFor();
    await reading.view.getByText('4 spans of the same query in the store').waitFor();
    await reading.view.getByText('p50 10 ms · p95 10 ms · max 10 ms').waitFor();
    await reading.keys('Escape');
  });

  it('shows first what was asked of another service and what came of it', async () => {
    const reading = open();
    await reading.press('GET /cart');
    const pane = reading.view.getByRole('region', { name: 'Span details' });
    await pane.locator('.http-status', { hasText: '200 success' }).waitFor();
    await pane.getByText('http://cart.test/cart').first().waitFor();
  });

  it('copies a span as JSON, its traceparent and its request as curl', async () => {
    const reading = open();
    await reading.press('GET /cart');
    const actions = reading.view.getByRole('list', { name: 'Copy' });
    await actions.getByRole('button', { name: 'span as JSON' }).click();
    await reading.copied(new RegExp(`^\\{\\s+"traceId": "${readingTraceId}"`));
    await actions.getByRole('button', { name: 'traceparent' }).click();
    await reading.copied(new RegExp(`^00-${readingTraceId}-[0-9a-f]{16}-0[01]$`));
    await actions.getByRole('button', { name: 'curl' }).click();
    await reading.copied(/^curl .*'http:\/\/cart\.test\/cart'/s);
  });
}
