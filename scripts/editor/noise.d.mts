/** Whether a console message is the workbench's own and says nothing about the extension. */
export function isNoise(text: string): boolean;
