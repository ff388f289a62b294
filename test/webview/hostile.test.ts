import assert from 'node:assert/strict';
import { buildTraceColumns } from '../../src/core/columns/buildTraceColumns';
import { encodeTraceColumns } from '../../src/core/columns/encodeTraceColumns';
import { SpanFeature } from '../../src/core/tree/spanTable';
import { trace } from '../fixtures/traces';
import { spanAnswer, text } from './support/spanAnswer';
import { useWaterfall } from './support/useWaterfall';

describe('text that a program sent', function () {
  this.timeout(60_000);
  const open = useWaterfall();
  const html = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  const bidi = 'user\u202egpj.exe';
  const huge = 'x'.repeat(1024 * 1024);

  const show = async (name: string, values: readonly string[] = []) => {
    const columns = buildTraceColumns(
      'ab'.repeat(16),
      trace([name, { service: name, features: SpanFeature.Exception | SpanFeature.Links }, [['child']]]),
    );
    const waterfall = await open({
      columns: encodeTraceColumns(columns),
      span: id => {
        const { span, source } = spanAnswer(columns, id);
        return {
          span: {
            ...span,
            attributes: values.map((value, i) => text(`${name}${i}`, value)),
            status: { code: 2, message: name },
            traceState: name,
            events: span.events.map(event => ({ ...event, name })),
            scope: { ...span.scope, name, schemaUrl: name },
          },
          source: {
            exceptions: source.exceptions.map(exception => ({
              ...exception,
              type: name,
              message: name,
              frames: [{ text: name, function: name, inApp: true, target: name }],
            })),
          },
        };
      },
    });
    await waterfall.page.locator('.row .name').first().click();
    await waterfall.page.getByRole('button', { name: /Open throwing line/ }).waitFor();
    for (const title of ['Resource', 'Scope']) await waterfall.page.getByText(title, { exact: true }).click();
    return waterfall;
  };

  it('is never markup', async () => {
    const { page } = await show(html, [html, '{"a": "<b>bold</b>"}']);
    assert.equal(await page.title(), 'waterfall');
    assert.equal(await page.locator('img, b, script:not([nonce])').count(), 0);
    assert.ok((await page.locator('.row .name').first().textContent())?.includes('<img src=x'));
  });

  it('cannot reorder what stands around it', async () => {
    const { page } = await show(bidi, [bidi]);
    const body = await page.evaluate(() => document.body.textContent);
    assert.ok(!body.includes('\u202e'));
    assert.equal(await page.locator('.row .name').first().textContent(), 'user⟨U+202E⟩gpj.exe');
  });

  it('is cut where it is a megabyte long, and shown whole on demand', async () => {
    const { page } = await show(huge, [huge]);
    const shown = await page.evaluate(() => document.body.textContent.length);
    assert.ok(shown < 30_000, `${shown} characters are laid out`);
    const attribute = page.locator('.attributes dd').first();
    await attribute.getByRole('button', { name: 'Show all 1,048,576 characters' }).click();
    assert.ok(((await attribute.textContent()) ?? '').length >= huge.length);
    await attribute.getByRole('button', { name: 'Show less' }).click();
    assert.ok(((await attribute.textContent()) ?? '').length < 2000);
  });

  it('makes a readable row where it is empty or white space', async () => {
    const { page } = await show('\n\t ');
    assert.equal(await page.locator('.row .name').first().textContent(), '(no name)');
  });
});
