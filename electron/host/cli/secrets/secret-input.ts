import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { Exit, exitCodes } from '../run-command.ts';
import { askLine, hasTerminal } from '../terminal/terminal-ask.ts';

const mostBytes = 16_384;

/** The lines of stdin where it is no terminal; read once, since several may be asked for. */
let piped: string[] | undefined;

/**
 * A passphrase or key: typed without an echo, or the next line of stdin. There is no option for it,
 * since every process of this computer may read what a command line holds.
 */
export async function readSecret(prompt: string): Promise<string> {
  if (hasTerminal()) {
    const { signal } = new AbortController();
    const typed = await askLine(prompt, false, { signal, onInterrupt: () => {} });
    if (typed === null) throw new Exit(exitCodes.interrupted);
    return typed;
  }
  piped ??= await readPiped();
  const line = piped.shift();
  if (line !== undefined && line !== '') return line;
  throw new RackhelmError('INVALID_INPUT', 'Nothing came on stdin where a secret was expected.', {
    hint: 'Run it in a terminal, or write each secret on a line of its own to its stdin.',
  });
}

async function readPiped(): Promise<string[]> {
  if (process.stdin.isTTY) return [];
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of process.stdin) {
    pieces.push(Buffer.from(piece));
    size += pieces.at(-1)?.length ?? 0;
    if (size > mostBytes)
      throw new RackhelmError('INVALID_INPUT', 'That is too long for a secret.');
  }
  return Buffer.concat(pieces).toString('utf8').split(/\r?\n/);
}

/**
 * For cron: the first line of a file that nobody else may read. A link, a device or a file of others
 * is refused, as ssh refuses keys.
 */
export function readPassphraseFile(file: string): string {
  const refuse = (what: string, hint = `Run chmod 600 ${file}`) =>
    new RackhelmError('INVALID_INPUT', `The passphrase file ${file} ${what}.`, { hint });
  let descriptor: number;
  try {
    // A pipe would wait for somebody who writes into it.
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    descriptor = openSync(file, flags);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : '';
    if (code === 'ELOOP') throw refuse('is a link', 'Name the file itself.');
    throw refuse(
      code === 'ENOENT' ? 'does not exist' : 'cannot be read',
      'Check --passphrase-file.',
    );
  }
  try {
    const { mode, uid, size, isFile } = stat(descriptor);
    if (!isFile) throw refuse('is no ordinary file', 'Name an ordinary file.');
    if (process.platform !== 'win32') {
      if (uid !== process.getuid?.()) throw refuse('belongs to somebody else', 'Make it your own.');
      if ((mode & 0o077) !== 0) throw refuse('may be read by others');
    }
    if (size > mostBytes) throw refuse('is too long', 'It holds one line.');
    const [line = ''] = readFileSync(descriptor, 'utf8').split(/\r?\n/);
    if (line === '') throw refuse('is empty', 'It holds the passphrase, or the recovery key.');
    return line;
  } finally {
    closeSync(descriptor);
  }
}

function stat(descriptor: number) {
  const stats = fstatSync(descriptor);
  return { mode: stats.mode, uid: stats.uid, size: stats.size, isFile: stats.isFile() };
}
