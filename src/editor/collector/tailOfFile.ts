import { open } from 'node:fs/promises';

/** The last lines of a file, 8 KiB at most; why it cannot be read where it cannot. */
export async function tailOfFile(path: string): Promise<string> {
  const bytes = 8192;
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const start = Math.max(0, size - bytes);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, start);
      const text = buffer.toString('utf8', 0, bytesRead);
      return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
    } finally {
      await file.close();
    }
  } catch (error) {
    return String(error);
  }
}
