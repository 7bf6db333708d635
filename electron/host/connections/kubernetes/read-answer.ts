import type { IncomingMessage } from 'node:http';
import { KubeError } from './errors.ts';
import { cancelled } from './socket-errors.ts';

export interface ReadOptions {
  readonly maxBytes: number;
  /** Milliseconds for all of it. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** What is too long is cut instead of refused. */
  readonly cut?: boolean;
}

/** The whole of an answer as text; see boundedBytes. */
export async function boundedText(answer: IncomingMessage, options: ReadOptions): Promise<string> {
  return (await boundedBytes(answer, options)).toString('utf8').slice(0, options.maxBytes);
}

/** The whole of an answer. Throws KUBE_TOO_LARGE, KUBE_UNREACHABLE where it breaks off. */
export async function boundedBytes(
  answer: IncomingMessage,
  options: ReadOptions,
): Promise<Buffer<ArrayBuffer>> {
  const { maxBytes, timeoutMs, signal, cut = false } = options;
  const pieces: Buffer[] = [];
  let size = 0;
  const late = new KubeError('KUBE_UNREACHABLE', 'The answer does not come to its end.');
  const timer = setTimeout(() => answer.destroy(late), timeoutMs);
  try {
    for await (const piece of answer as AsyncIterable<Buffer>) {
      pieces.push(piece);
      size += piece.length;
      if (size <= maxBytes) continue;
      answer.destroy();
      if (!cut) throw tooLarge(maxBytes);
      break;
    }
  } catch (error) {
    if (error instanceof KubeError) throw error;
    if (signal.aborted) throw cancelled(signal);
    throw new KubeError('KUBE_UNREACHABLE', 'The answer broke off.', { cause: error });
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(pieces);
}

/** Parsed; throws KUBE_ANSWER_ODD where it is no JSON. */
export function parsedJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new KubeError('KUBE_ANSWER_ODD', `${where} answers with something else than JSON.`, {
      cause,
    });
  }
}

function tooLarge(maxBytes: number): KubeError {
  const most = Math.round(maxBytes / 1024 / 1024);
  return new KubeError('KUBE_TOO_LARGE', `The answer is larger than ${most} MiB; it was not read.`);
}
