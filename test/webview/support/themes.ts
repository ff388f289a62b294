import { readFileSync } from 'node:fs';

export const themeNames = ['dark', 'light', 'hcDark', 'hcLight'] as const;
export type ThemeName = (typeof themeNames)[number];

/** What VS Code puts on a webview's page for one of its own themes (captureThemes.mjs). */
export interface ThemeFixture {
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** One of the extension's colours as the manifest contributes it. */
export interface ContributedColour {
  readonly id: string;
  readonly defaults: Readonly<Record<'dark' | 'light' | 'highContrast' | 'highContrastLight', string>>;
}

export const contributedColours = readJson('webview/ui/serviceColours.json') as readonly ContributedColour[];

const defaultsOf = {
  dark: 'dark',
  light: 'light',
  hcDark: 'highContrast',
  hcLight: 'highContrastLight',
} as const;

/** The colours this theme gives the service palette. */
export function serviceColours(theme: ThemeName): readonly string[] {
  return contributedColours.map(({ defaults }) => defaults[defaultsOf[theme]]);
}

export function themeFixture(name: ThemeName): ThemeFixture {
  const captured = readJson(`test/webview/fixtures/themes/${name}.json`) as ThemeFixture;
  const contributed = contributedColours.map(({ id, defaults }): [string, string] => [
    `--vscode-${id.replaceAll('.', '-')}`,
    defaults[defaultsOf[name]],
  ]);
  return { ...captured, variables: { ...captured.variables, ...Object.fromEntries(contributed) } };
}

/** Mocha and the benchmarks run from the root of the repository. */
function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
