import { parseColour, type Colour } from './colour';

/** The colours that canvases need, resolved from the theme's variables; all else uses the variables in CSS. */
export interface Theme {
  readonly highContrast: boolean;
  readonly background: Colour;
  readonly foreground: Colour;
  readonly description: Colour;
  readonly error: Colour;
  readonly gridLine: Colour;
  readonly criticalPath: Colour;
  /** The line at what matches a search, opaque. */
  readonly match: Colour;
  /** One for each place of the service palette; then those of otherPlace, nonePlace and errorPlace. */
  readonly services: readonly Colour[];
  readonly fontFamily: string;
  readonly fontSize: number;
}

/**
 * The service palette: the colours that serviceColours.json describes and the manifest contributes (told apart with each
 * common colour blindness and from the error colour, 3:1 or more on the editor's background: WCAG 2.2 section 1.4.11),
 * else the theme's own chart colours.
 */
const chartColours = ['blue', 'green', 'purple', 'yellow'] as const;
export const serviceColours = 8;
/** Places behind the palette: what has no colour of its own, what has no value, and errors. */
export const otherPlace = serviceColours;
export const nonePlace = serviceColours + 1;
export const errorPlace = serviceColours + 2;

/** The CSS value of a place in the service palette, or behind it. */
export function serviceColourCss(place: number): string {
  if (place === otherPlace) return 'var(--vscode-descriptionForeground)';
  if (place === nonePlace) return faint;
  if (place === errorPlace) return 'var(--vscode-list-errorForeground, var(--vscode-errorForeground))';
  const at = place % serviceColours;
  const chart = `var(--vscode-charts-${chartColours[at % chartColours.length] ?? 'foreground'})`;
  const second = `color-mix(in srgb, ${chart}, var(--vscode-foreground))`;
  return `var(--vscode-causeway-service${at + 1}, ${at < chartColours.length ? chart : second})`;
}

const faint = 'color-mix(in srgb, var(--vscode-descriptionForeground) 45%, var(--vscode-editor-background))';

/** Reads the theme that is on now. */
export function readTheme(): Theme {
  const probe = document.createElement('span');
  document.body.append(probe);
  const grey: Colour = { r: 0.5, g: 0.5, b: 0.5, a: 1 };
  const resolve = (css: string): Colour => {
    probe.style.color = css;
    return parseColour(getComputedStyle(probe).color) ?? grey;
  };
  const body = getComputedStyle(document.body);
  const theme: Theme = {
    highContrast: document.body.matches('.vscode-high-contrast, .vscode-high-contrast-light'),
    background: resolve('var(--vscode-editor-background)'),
    foreground: resolve('var(--vscode-foreground)'),
    description: resolve('var(--vscode-descriptionForeground)'),
    error: resolve('var(--vscode-list-errorForeground, var(--vscode-errorForeground))'),
    gridLine: resolve('var(--vscode-tree-inactiveIndentGuidesStroke, var(--vscode-contrastBorder))'),
    criticalPath: resolve('var(--vscode-foreground)'),
    match: {
      ...resolve('var(--vscode-editorOverviewRuler-findMatchForeground, var(--vscode-focusBorder))'),
      a: 1,
    },
    services: Array.from({ length: errorPlace + 1 }, (_, place) => resolve(serviceColourCss(place))),
    fontFamily: body.fontFamily,
    fontSize: Number.parseFloat(body.fontSize) || 13,
  };
  probe.remove();
  return theme;
}

/** Calls `changed` whenever VS Code has put another theme, font or font size on the page. Returns what ends it. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  return () => observer.disconnect();
}
