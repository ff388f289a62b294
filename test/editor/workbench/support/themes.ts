/** VS Code's four kinds of theme, each by the one that it ships. */
export const themes = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  'high-contrast-dark': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
} as const;

export type Theme = keyof typeof themes;

/** As settings of a workspace, so that windows on one server can differ. */
export function themeSettings(theme: Theme): Record<string, unknown> {
  return {
    'workbench.colorTheme': themes[theme],
    'window.autoDetectColorScheme': false,
    'window.autoDetectHighContrast': false,
  };
}
