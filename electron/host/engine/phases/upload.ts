import { open } from 'node:fs/promises';
import { quote } from '../../connections/ssh/index.ts';
import type { PhaseContext } from '../jobs/index.ts';
import { commandFailed, notPossible, prelude } from './command.ts';

/** In one script: it is held in memory on both ends, and lost when the connection is. */
const CHUNK_BYTES = 768 * 1024;
const CHUNK_TIMEOUT_MS = 120_000;

export interface Upload {
  /** On this computer. */
  readonly from: string;
  /** On the machine; written to by nobody else. What stands there is taken for the beginning of it. */
  readonly to: string;
}

/**
 * Brings a large file to a machine as root, in chunks: what was cut off goes on where it was. Only appends;
 * whether the whole is right is told by its hash, which the caller asks for afterwards.
 */
export async function upload(context: PhaseContext, { from, to }: Upload): Promise<void> {
  const file = await openHere(from);
  try {
    const { size } = await file.stat();
    let offset = await sizeThere(context, to);
    if (offset > size) offset = await startAnew(context, to);
    const chunk = Buffer.alloc(CHUNK_BYTES);
    while (offset < size) {
      context.signal.throwIfAborted();
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, offset);
      if (bytesRead === 0) throw notPossible(`${from} became shorter while it was read.`);
      offset = await append(context, { to, offset, content: chunk.subarray(0, bytesRead) });
      context.progress(offset, size);
    }
  } finally {
    await file.close();
  }
}

async function openHere(path: string) {
  try {
    return await open(path, 'r');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw notPossible(
      `${path} cannot be read on this computer (${code ?? 'no reason given'}).`,
      'Choose the file again.',
    );
  }
}

const sizeOf = (path: string) => `if [ -f ${path} ]; then wc -c <${path}; else echo 0; fi`;

async function sizeThere(context: PhaseContext, to: string): Promise<number> {
  return number(await asked(context, sizeOf(quote(to)), to), to, context);
}

async function startAnew(context: PhaseContext, to: string): Promise<number> {
  await context.machine.checkLock(context.signal);
  await asked(context, `rm -f ${quote(to)}`, to);
  return 0;
}

interface Chunk {
  readonly to: string;
  readonly offset: number;
  readonly content: Buffer;
}

/** Gives back how long the file is then; it says so itself, whatever an earlier attempt had left. */
async function append(context: PhaseContext, { to, offset, content }: Chunk): Promise<number> {
  await context.machine.checkLock(context.signal);
  const path = quote(to);
  const lines = content.toString('base64').replace(/(.{1,1000})/g, '$1\n');
  const script = [
    `at=$(${sizeOf(path)})`,
    'umask 077',
    `if [ "$at" -eq ${offset} ]; then base64 -d >>${path} <<'END_OF_CHUNK' || exit 1`,
    `${lines}END_OF_CHUNK`,
    'fi',
    sizeOf(path),
  ].join('\n');
  return number(await asked(context, script, to), to, context);
}

async function asked(context: PhaseContext, script: string, to: string): Promise<string> {
  const { machine, signal } = context;
  const result = await machine.run(`${prelude}\n${script}\n`, {
    signal,
    root: true,
    timeoutMs: CHUNK_TIMEOUT_MS,
    named: `write a part of ${to}`,
  });
  if (result.exitCode === 0) return result.stdout.toString('utf8').trim();
  throw commandFailed(`write ${to}`, result.stderr.toString('utf8').trim(), machine.name);
}

function number(text: string, to: string, { machine }: PhaseContext): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw commandFailed(`size of ${to}`, text.slice(0, 200), machine.name);
}
