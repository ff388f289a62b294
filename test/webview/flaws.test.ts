import assert from 'node:assert/strict';
import { buildTraceColumns } from '../../src/core/columns/buildTraceColumns';
import { encodeTraceColumns } from '../../src/core/columns/encodeTraceColumns';
import { SpanKind } from '../../src/core/model/span';
import { trace, type SpanSpec } from '../fixtures/traces';
import { selectedName, settled } from './support/rows';
import { useWaterfall } from './support/useWaterfall';
import { violations } from './support/violations';

const traceId = 'ab'.repeat(16);
const ms = 1e6;
const call: SpanSpec = [
  'GET /cart',
  { start: 10 * ms, end: 60 * ms, kind: SpanKind.Client },
  // The clock of the other machine is a second ahead.
  [['serve cart', { start: 1015 * ms, end: 1050 * ms, service: 'cart', kind: SpanKind.Server }]],
];
const orphan = (name: string, id: number, start: number): SpanSpec => [
  name,
  { id, parentId: 99, start, end: start + 5 },
];

describe('the flaws of a trace', function () {
  this.timeout(60_000);
  const open = useWaterfall();
  const skewed = (correctSkew: boolean) =>
    encodeTraceColumns(
      buildTraceColumns(traceId, trace(['root', { end: 100 * ms }, [call]]), { correctSkew }),
    );

  it('lead through the spans concerned', async () => {
    const table = trace(['root', { id: 1 }], orphan('first', 2, 10), orphan('second', 3, 20));
    const { page } = await open({ columns: encodeTraceColumns(buildTraceColumns(traceId, table)) });
    await page.getByText('The parent of 2 spans is not in this trace').waitFor();
    await page.getByText('still arriving').first().waitFor();
    const names: (string | null)[] = [];
    for (let i = 0; i < 3; i++) {
      await page.getByRole('button', { name: 'Next span: missing-parent' }).click();
      await settled(page);
      names.push(await selectedName(page));
    }
    assert.deepEqual(names, ['first', 'second', 'first']);
    await page.getByText('1 of 2', { exact: true }).waitFor();
    assert.deepEqual(await violations(page), []);
  });

  it('let the reader see skewed clocks as they were recorded, also after a reload', async () => {
    const waterfall = await open({ columns: skewed(true) });
    const { page } = waterfall;
    const toggle = page.getByRole('switch', { name: 'Correct the clocks' });
    assert.equal(await toggle.getAttribute('aria-checked'), 'true');
    await toggle.click();
    assert.deepEqual(await waterfall.message('setCorrectSkew'), {
      type: 'setCorrectSkew',
      correctSkew: false,
    });
    await waterfall.send({ type: 'snapshot', columns: skewed(false) });
    await page.getByText('are shown as recorded').waitFor();
    await waterfall.until(async () => !(await waterfall.state()).options.correctSkew);
    waterfall.posted.length = 0;
    await page.reload();
    assert.deepEqual(await waterfall.message('ready'), { type: 'ready', correctSkew: false });
  });
});

describe('a trace that grows', function () {
  this.timeout(60_000);
  const open = useWaterfall();
  const grown = (spans: number) =>
    encodeTraceColumns(
      buildTraceColumns(
        traceId,
        trace(['root', {}, Array.from({ length: spans - 1 }, (_, i): SpanSpec => [`call ${i}`])]),
      ),
    );

  it('tells politely of new spans, and stops by itself', async () => {
    const waterfall = await open({ columns: grown(2) });
    const { page } = waterfall;
    await page.getByText('2 spans', { exact: true }).waitFor();
    assert.equal(await page.getByText('still arriving').count(), 0);
    await waterfall.send({ type: 'snapshot', columns: grown(5) });
    await waterfall.send({ type: 'snapshot', columns: grown(6) });
    await page.getByRole('status').getByText('4 new spans').waitFor();
    await page.getByText('still arriving').first().waitFor();
    assert.deepEqual(await violations(page), []);
    await page.getByText('4 new spans').waitFor({ state: 'detached' });
    assert.equal(await page.getByText('still arriving').count(), 0);
  });
});
