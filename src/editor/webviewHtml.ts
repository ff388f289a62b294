/** What the page is called, and where it finds its files, as webview URIs. */
export interface WebviewPage {
  readonly title: string;
  /** `webview.cspSource` */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** Fresh for every page, from a cryptographic source. */
  readonly nonce: string;
}

/**
 * The SHA-256 of nothing. The controls' library makes one empty style element to find out whether the browser knows
 * :focus-visible (fast-web-utilities, canUseFocusVisible); this lets in an empty one and no other.
 */
const emptyStyle = `'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='`;

/**
 * The page of a webview. Its policy lets in one script by its nonce, and the extension's own style sheet and icon font:
 * no inline style, no evaluation, no network (Content Security Policy Level 3). Nothing that came from a program is in it.
 */
export function webviewHtml({ title, cspSource, scriptUri, styleUri, nonce }: WebviewPage): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} ${emptyStyle}`,
    `font-src ${cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${styleUri}">
</head>
<body>
<div id="app"></div>
<script type="module" nonce="${nonce}" src="${scriptUri}"></script>
</body>
</html>
`;
}
