import { provideVSCodeDesignSystem, vsCodeButton, vsCodeProgressRing } from '@vscode/webview-ui-toolkit';
import { h, type ComponentChildren, type JSX } from 'preact';

/**
 * The controls that look like VS Code's own. The only file that knows the toolkit, which is archived upstream: whoever
 * replaces it changes nothing but these functions.
 */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeProgressRing());
}

export interface ButtonProps {
  readonly appearance?: 'primary' | 'secondary';
  readonly onClick: () => void;
  readonly title?: string;
  readonly children: ComponentChildren;
}

export function Button({ appearance = 'secondary', onClick, title, children }: ButtonProps): JSX.Element {
  return h('vscode-button', { appearance, onClick, title }, children);
}

export function ProgressRing({ label }: { readonly label: string }): JSX.Element {
  return h('vscode-progress-ring', { 'aria-label': label });
}
