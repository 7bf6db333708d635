import type { IncomingMessage } from 'node:http';
import { cancelled, DockerError } from './errors.ts';
import { fromConnection } from './failures.ts';
import { harmless } from './harmless.ts';

export interface Reading {
  readonly where: string;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** What is too long is cut instead of refused. */
  readonly cut?: boolean;
}

/** The whole of an answer. */
export async function bounded(answer: IncomingMessage, reading: Reading): Promise<Buffer> {
  const { where, maxBytes, signal, cut = false } = reading;
  const pieces: Buffer[] = [];
  let size = 0;
  const onAbort = () => answer.destroy(cancelled(signal));
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
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
    if (error instanceof DockerError) throw error;
    if (signal.aborted) throw cancelled(signal);
    throw fromConnection(error, where);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
  return Buffer.concat(pieces);
}

/** Parsed; null of an answer without a body. Throws DOCKER_ANSWER_ODD where it is no JSON. */
export function parsedAnswer(body: Buffer, where: string): unknown {
  const text = body.toString('utf8');
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    if (text.trim() === 'OK') return null;
    const message = `${where} answers with something else than JSON.`;
    throw new DockerError('DOCKER_ANSWER_ODD', message, { cause });
  }
}

const longestWords = 2_000;

/** What an engine says went wrong, on one line and harmless. */
export function saidIn(body: Buffer): string {
  const text = body.toString('utf8');
  return harmless(messageOf(text) ?? text).slice(0, longestWords);
}

function messageOf(text: string): string | null {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return null;
    if ('message' in parsed && typeof parsed.message === 'string') return parsed.message;
    if ('cause' in parsed && typeof parsed.cause === 'string') return parsed.cause;
    return null;
  } catch {
    return null; // a proxy may say it as a page
  }
}

function tooLarge(maxBytes: number): DockerError {
  const most = Math.round(maxBytes / 1024 / 1024);
  return new DockerError('DOCKER_TOO_LARGE', `The answer is larger than ${most} MiB.`);
}
