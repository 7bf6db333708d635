import type { Duplex } from 'node:stream';

// RFC 4253, 4.2 lets a server send other lines first. OpenSSH reads 1024 of them, 8 KiB each; a
// quarter of a mebibyte in all is more than any greeting has.
const maxLines = 1024;
const maxLine = 8192;
const maxBytes = 256 * 1024;

export type IdentVerdict = 'more' | 'ssh' | 'not-ssh';

/** Watches the first bytes that a server sends until they are an SSH greeting, or cannot be. */
export class IdentWatch {
  #text = '';
  #lineStart = 0;
  #lines = 0;
  #verdict: IdentVerdict = 'more';

  get verdict(): IdentVerdict {
    return this.#verdict;
  }

  /** Whether a whole line came that is no SSH greeting. */
  get sawOtherLine(): boolean {
    return this.#lines > 0;
  }

  /** What sshd says instead of a greeting when it has too many connections, or ours too often. */
  get turnedAway(): boolean {
    return /^(Exceeded MaxStartups|Not allowed at this time)/m.test(this.#text);
  }

  get sawAnything(): boolean {
    return this.#text.length > 0;
  }

  push(chunk: Buffer): IdentVerdict {
    if (this.#verdict !== 'more') return this.#verdict;
    this.#text += chunk.toString('latin1');
    this.#verdict = this.#judge();
    return this.#verdict;
  }

  #judge(): IdentVerdict {
    for (;;) {
      const end = this.#text.indexOf('\n', this.#lineStart);
      const line = this.#text.slice(this.#lineStart, end < 0 ? undefined : end);
      if (line.includes('\0') || (this.#lines === 0 && line.startsWith('HTTP/'))) return 'not-ssh';
      if (line.length > maxLine) return 'not-ssh';
      if (end < 0) return this.#text.length > maxBytes ? 'not-ssh' : 'more';
      if (line.startsWith('SSH-')) return 'ssh';
      this.#lineStart = end + 1;
      this.#lines += 1;
      if (this.#lines > maxLines || end > maxBytes) return 'not-ssh';
    }
  }
}

// SSH servers speak first. One that waits for us, or something else altogether, gets our greeting
// after this long.
const serverFirstMs = 1000;

/**
 * Waits until the server greeted, and puts what it sent back into the stream. ssh2 loses parts of a
 * greeting that comes in many pieces, so it gets the socket only when the greeting is whole, or
 * when the server stays silent. The socket is paused afterwards.
 */
export function awaitGreeting(
  socket: Duplex,
  watch: IdentWatch,
  { signal, onPart }: { readonly signal: AbortSignal; readonly onPart: () => void },
): Promise<void> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const timer = setTimeout(() => {
      if (chunks.length === 0) finish();
    }, serverFirstMs);
    const onData = (chunk: Buffer) => {
      chunks.push(chunk);
      if (watch.push(chunk) === 'more') onPart();
      else finish();
    };
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      socket.pause();
      socket.off('data', onData).off('end', finish).off('close', finish);
      if (chunks.length > 0 && !socket.destroyed && !socket.readableEnded)
        socket.unshift(Buffer.concat(chunks));
      resolve();
    };
    // A stream through a jump host that hangs closes much later than it is told to.
    signal.addEventListener('abort', finish, { once: true });
    socket.on('data', onData).once('end', finish).once('close', finish);
    socket.resume();
  });
}
