/** An editor group, as far as it matters where a source file opens. */
export interface EditorGroup {
  /** From 1, from the left. */
  readonly column: number;
  readonly focused: boolean;
  /** It shows the file already, on top or behind other tabs. */
  readonly holdsFile: boolean;
  /** What is on top: a webview (the waterfall) must not be covered. */
  readonly top: 'webview' | 'editor' | 'nothing';
}

/**
 * The group that a source file opens in: where it is open already, else the focused one, else the leftmost that shows no
 * webview. undefined where every group shows one: the file then opens beside.
 */
export function editorGroupFor<G extends EditorGroup>(groups: readonly G[]): G | undefined {
  const free = groups.filter(group => group.top !== 'webview').sort((a, b) => a.column - b.column);
  return free.find(group => group.holdsFile) ?? free.find(group => group.focused) ?? free[0];
}
