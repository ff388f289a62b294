/** Gives the keyboard to the find box; what it holds is selected, so that it can be typed over. */
export function focusFind(): void {
  const input = document.querySelector('.find-input');
  if (input instanceof HTMLInputElement) input.select();
}
