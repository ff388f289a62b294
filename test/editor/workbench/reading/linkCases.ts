import type { OpenPage } from './readingPage';
import { jobTraceId, readingTraceId } from './readingTrace';

/** The way to other traces and back. */
export function linkCases(open: OpenPage): void {
  it('says what a hand-off became, leads there at l, and back at b, without the pointer', async () => {
    const reading = open();
    const trace = (id: string) => reading.view.locator('.trace-id', { hasText: id }).waitFor();
    await reading.press('enqueue mail');
    await reading.view.getByRole('heading', { name: 'Became' }).waitFor();
    await reading.keys('l');
    await trace(jobTraceId);
    await reading.selects('run mail');
    await reading.button('Back to enqueue mail').waitFor();
    await reading.hasKeyboard();
    await reading.keys('b');
    await trace(readingTraceId);
    await reading.selects('enqueue mail');
    await reading.hasKeyboard();
    await reading.keys('ArrowUp');
    await reading.selects('measure');
  });
}
