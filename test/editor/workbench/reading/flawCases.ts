import type { OpenPage } from './readingPage';

/** What is wrong with the trace. */
export function flawCases(open: OpenPage): void {
  it('names the flaws, says what to do, and hops through their spans', async () => {
    const reading = open();
    await reading.button(/flaws: .*missing parent.*clock skew/).click();
    await reading.view.getByText(/The parent of 1 span is not in this trace/).waitFor();
    await reading.press('render');
    await reading.button('Next span: missing-parent').click();
    await reading.selects('lost');
    await reading.button('Next span: clock-skew').click();
    await reading.selects('serve cart');
  });

  it('shows skewed clocks as they were recorded, and corrected again', async () => {
    const reading = open();
    const toggle = reading.view.getByRole('switch', { name: 'Correct the clocks' });
    await toggle.click();
    await reading.view.getByText(/shown as recorded/).waitFor();
    await reading.ranges((_, end) => end > 5000, 'the time of the fast clock');
    await toggle.click();
    await reading.ranges((_, end) => end === 1000, 'the corrected time');
    await reading.button(/flaws: /).click();
  });
}
