import type { Category } from '../../src/core/semantics/category';

/** Characters of the codicon font (@vscode/codicons), the icons that VS Code itself draws. */
export const icons = {
  archive: '\uea98',
  arrowDown: '\uea9a',
  arrowUp: '\ueaa1',
  arrowSwap: '\uebcb',
  bug: '\ueaaf',
  check: '\ueab2',
  chevronDown: '\ueab4',
  chevronLeft: '\ueab5',
  chevronRight: '\ueab6',
  circle: '\ueabc',
  circleSmall: '\uec07',
  close: '\uea76',
  cloud: '\uebaa',
  copy: '\uebcc',
  database: '\ueace',
  debugPause: '\uead1',
  debugStart: '\uead3',
  error: '\uea87',
  flame: '\ueaf2',
  globe: '\ueb01',
  goToFile: '\uea94',
  info: '\uea74',
  json: '\ueb0f',
  key: '\ueb11',
  link: '\ueb15',
  listTree: '\ueb86',
  mail: '\ueb1c',
  screenFull: '\ueb4c',
  sparkle: '\uec10',
  sync: '\uea77',
  symbolMethod: '\uea8c',
  symbolMisc: '\ueb63',
  table: '\uebb7',
  warning: '\uea6c',
  watch: '\ueb7c',
} as const;

export type IconName = keyof typeof icons;

/** The same choice as the Traces view makes, so that a span looks alike in both. */
export const categoryIcons: Record<Category, IconName> = {
  custom: 'symbolMisc',
  gateway: 'globe',
  runtime: 'symbolMethod',
  database: 'database',
  http: 'cloud',
  messaging: 'mail',
  rpc: 'arrowSwap',
  storage: 'archive',
  auth: 'key',
  job: 'watch',
  genai: 'sparkle',
};
