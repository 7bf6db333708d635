import { quote } from '../../connections/ssh/index.ts';

/** What came of a framed script; null: it did not begin, so what came is not its own. */
export interface FramedOutput {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** Null where it was ended before it was done. */
  readonly exitCode: number | null;
}

/**
 * The script as it goes over stdin: with marks around what it prints, so that what login shells print
 * is told from it; with its arguments, which would not survive the quoting of every login shell; and
 * without the rest of stdin for what it starts. What sudo tells of its command goes, since it holds the
 * mark by which the script is found: a daemon that was started without the mark would carry it all the same.
 */
export function framed(script: string, args: readonly string[], nonce: string): string {
  const mark = markOf(nonce);
  return [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell reads it
    'LC_ALL=C PATH=${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    'export LC_ALL PATH; unset LANGUAGE CDPATH ENV SUDO_COMMAND; umask 022; cd /',
    `printf '\\n${mark} begin\\n'; printf '\\n${mark} begin\\n' >&2`,
    `set -- ${args.map(quote).join(' ')}`,
    '(',
    script,
    ') </dev/null',
    'set -- "$?"',
    `printf '\\n${mark} end %s\\n' "$1"; printf '\\n${mark} end\\n' >&2`,
    'exit "$1"',
    '',
  ].join('\n');
}

export function beginMark(nonce: string): string {
  return `${markOf(nonce)} begin\n`;
}

function markOf(nonce: string): string {
  return `@@${nonce}`;
}

/** Whether a line is a mark of ours. */
export function isMark(line: string, nonce: string): boolean {
  return line.startsWith(`${markOf(nonce)} `);
}

export function readFramed(
  output: { readonly stdout: Buffer; readonly stderr: Buffer },
  nonce: string,
): FramedOutput | null {
  const stdout = between(output.stdout, nonce);
  if (!stdout) return null;
  const stderr = between(output.stderr, nonce);
  const code = /^ (\d{1,3})$/.exec(stdout.ending)?.[1];
  return {
    stdout: stdout.content,
    stderr: stderr?.content ?? Buffer.alloc(0),
    exitCode: code === undefined ? null : Number(code),
  };
}

function between(output: Buffer, nonce: string): { content: Buffer; ending: string } | null {
  const begin = beginMark(nonce);
  const at = output.indexOf(begin);
  if (at === -1) return null;
  const content = output.subarray(at + begin.length);
  const end = `\n${markOf(nonce)} end`;
  const endsAt = content.lastIndexOf(end);
  if (endsAt === -1) return { content, ending: '' };
  const [ending = ''] = content
    .subarray(endsAt + end.length)
    .toString()
    .split('\n');
  return { content: content.subarray(0, endsAt), ending };
}
