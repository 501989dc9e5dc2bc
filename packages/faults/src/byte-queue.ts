/** Bytes that arrived and do not make a whole frame yet. */
export class ByteQueue {
  private bytes: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): void {
    this.bytes = this.bytes.length === 0 ? chunk : Buffer.concat([this.bytes, chunk]);
  }

  get length(): number {
    return this.bytes.length;
  }

  /** The signed 32-bit integer at `offset`, or undefined while it has not arrived. */
  int32At(offset: number): number | undefined {
    return this.bytes.length < offset + 4 ? undefined : this.bytes.readInt32BE(offset);
  }

  /** Removes and returns the first `length` bytes, or undefined while they have not all arrived. */
  take(length: number): Buffer | undefined {
    if (this.bytes.length < length) return undefined;
    const head = this.bytes.subarray(0, length);
    this.bytes = this.bytes.subarray(length);
    return head;
  }
}
