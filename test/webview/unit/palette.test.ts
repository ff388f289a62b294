import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contrast, cssColour, parseColour, type Colour } from '../../../webview/ui/colour';
import { assignServices } from '../../../webview/ui/servicePalette';
import { serviceColours as paletteSize } from '../../../webview/ui/theme';
import { serviceColours, themeFixture, themeNames } from '../support/themes';
import { colourVisions, difference } from '../support/colourVision';

const colour = (text: string): Colour => {
  const parsed = parseColour(text);
  assert.ok(parsed, text);
  return parsed;
};

for (const theme of themeNames)
  describe(`the service palette in ${theme}`, () => {
    const { variables } = themeFixture(theme);
    const palette = serviceColours(theme).map(colour);
    const background = colour(variables['--vscode-editor-background']!);
    const error = colour(
      variables['--vscode-list-errorForeground'] ?? variables['--vscode-errorForeground']!,
    );

    it('has as many colours as the views use', () => assert.equal(palette.length, paletteSize));

    it('stands out from the background at 3:1 or more (WCAG 2.2, 1.4.11)', () => {
      for (const one of palette)
        assert.ok(contrast(one, background) >= 3, `${cssColour(one)}: ${contrast(one, background)}`);
    });

    for (const vision of colourVisions)
      it(`is told apart, from the error colour too, with ${vision.name}`, () => {
        const seen = [...palette, error];
        for (const [i, a] of seen.entries())
          for (const b of seen.slice(i + 1))
            assert.ok(
              difference(vision, a, b) >= 0.08,
              `${cssColour(a)} and ${cssColour(b)}: ${difference(vision, a, b)}`,
            );
      });
  });

describe('places in the service palette', () => {
  const names = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 30 });

  it('are shared evenly, and by nobody while there are enough', () => {
    fc.assert(
      fc.property(names, services => {
        const used = new Array<number>(8).fill(0);
        for (const place of assignServices(services, 8).values()) used[place] = (used[place] ?? 0) + 1;
        assert.ok(Math.max(...used) - Math.min(...used) <= 1);
      }),
    );
  });

  it('do not depend on the order in which services appear', () => {
    fc.assert(
      fc.property(names, services =>
        assert.deepEqual(
          [...assignServices(services, 8)].sort(),
          [...assignServices([...services].reverse(), 8)].sort(),
        ),
      ),
    );
  });

  it('are kept when the trace grows', () => {
    fc.assert(
      fc.property(names, fc.nat(), (services, cut) => {
        const known = assignServices(services.slice(0, cut % (services.length + 1)), 8);
        const grown = assignServices(services, 8, known);
        for (const [service, place] of known) assert.equal(grown.get(service), place);
      }),
    );
  });
});

describe('a colour', () => {
  const cases: readonly (readonly [text: string, css: string | undefined])[] = [
    ['#fff', 'rgba(255, 255, 255, 1)'],
    ['#1f2e3d', 'rgba(31, 46, 61, 1)'],
    ['#1f2e3d80', `rgba(31, 46, 61, ${128 / 255})`],
    ['rgb(1, 2, 3)', 'rgba(1, 2, 3, 1)'],
    ['rgba(1, 2, 3, 0.5)', 'rgba(1, 2, 3, 0.5)'],
    ['rgb(1 2 3 / 50%)', 'rgba(1, 2, 3, 0.5)'],
    ['color(srgb 1 0 0.2)', 'rgba(255, 0, 51, 1)'],
    ['red', undefined],
    ['', undefined],
  ];
  for (const [text, css] of cases)
    it(`is read from ${text || 'nothing'}`, () => {
      const parsed = parseColour(text);
      assert.equal(parsed && cssColour(parsed), css);
    });

  it('contrasts with itself at 1:1, and black with white at 21:1', () => {
    assert.equal(contrast(colour('#777777'), colour('#777777')), 1);
    assert.equal(Math.round(contrast(colour('#000000'), colour('#ffffff'))), 21);
  });
});
