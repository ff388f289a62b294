import * as vscode from 'vscode';
import { categories, type Category } from '../../core/semantics/category';

const icons: Record<Category, string> = {
  custom: 'symbol-misc',
  gateway: 'globe',
  runtime: 'symbol-method',
  database: 'database',
  http: 'cloud',
  messaging: 'mail',
  rpc: 'arrow-swap',
  storage: 'archive',
  auth: 'key',
  job: 'watch',
  genai: 'sparkle',
};

/** The icon of a category (its number as columns and summaries keep it), red where the span failed. */
export function categoryIcon(category: number, error: boolean): vscode.ThemeIcon {
  return icon(icons[categories[category] ?? 'custom'], error);
}

/** The icon of a trace that is kept; its root span, one row below, has that of its category. */
export function pinnedIcon(error: boolean): vscode.ThemeIcon {
  return icon('pinned', error);
}

function icon(name: string, error: boolean): vscode.ThemeIcon {
  return error
    ? new vscode.ThemeIcon(name, new vscode.ThemeColor('list.errorForeground'))
    : new vscode.ThemeIcon(name);
}
