/** As OpenSSH's server takes it, and so many on their way at once that the way's length costs little. */
const pieceBytes = 32 * 1024;
const atOnce = 64;

export interface Pieces {
  readonly from: number;
  readonly size: number;
  /** Carries the bytes from `at` on; says how many they were. Zero ends it early. */
  readonly carry: (buffer: Buffer, at: number) => Promise<number>;
  readonly onProgress: (done: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Carries a file in pieces, many at once. Gives how far it is whole from the beginning on, also where it
 * failed in the middle: from there it can go on another time.
 */
export async function inPieces(pieces: Pieces): Promise<{ whole: number; failure: unknown }> {
  const { from, size, carry, onProgress, signal } = pieces;
  const landed = new Set<number>();
  let [next, whole, failure] = [from, from, undefined as unknown];
  const lane = async () => {
    const buffer = Buffer.allocUnsafe(pieceBytes);
    while (next < size && failure === undefined) {
      signal.throwIfAborted();
      const at = next;
      next += pieceBytes;
      const length = Math.min(pieceBytes, size - at);
      for (let done = 0; done < length; ) {
        const count = await carry(buffer.subarray(0, length - done), at + done);
        if (count === 0) throw new Error('It became shorter meanwhile.');
        done += count;
      }
      landed.add(at);
      while (landed.delete(whole)) whole = Math.min(size, whole + pieceBytes);
      onProgress(whole);
    }
  };
  const lanes = Array.from({ length: atOnce }, () =>
    lane().catch((error: unknown) => {
      failure ??= error;
    }),
  );
  await Promise.all(lanes);
  return { whole, failure };
}
