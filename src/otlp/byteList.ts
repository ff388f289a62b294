/** Bytes that are put together from parts of another array; parts that lie side by side there are one. */
export class ByteList {
  length = 0;
  private readonly parts: Uint8Array[] = [];

  add(part: Uint8Array): void {
    if (part.length === 0) return;
    this.length += part.length;
    const last = this.parts.at(-1);
    if (last?.buffer === part.buffer && last.byteOffset + last.length === part.byteOffset)
      this.parts[this.parts.length - 1] = new Uint8Array(
        part.buffer,
        last.byteOffset,
        last.length + part.length,
      );
    else this.parts.push(part);
  }

  addAll(list: ByteList): void {
    for (const part of list.parts) this.add(part);
  }

  /** An embedded protobuf message that consists of `contents`. */
  addMessage(tag: number, contents: readonly (Uint8Array | ByteList)[]): void {
    const head = [tag];
    let rest = contents.reduce((sum, { length }) => sum + length, 0);
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) head.push((rest % 0x80) | 0x80);
    head.push(rest);
    this.add(new Uint8Array(head));
    for (const content of contents) {
      if (content instanceof ByteList) this.addAll(content);
      else this.add(content);
    }
  }

  /** A copy of all of it. */
  join(): Uint8Array {
    const joined = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.parts) {
      joined.set(part, at);
      at += part.length;
    }
    return joined;
  }

  clear(): void {
    this.parts.length = 0;
    this.length = 0;
  }
}
