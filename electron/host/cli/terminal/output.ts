import { escapeUnprintable, printable } from './printable.ts';

/**
 * The only ways out to the terminal. What machines, files and other people's names hold goes
 * through here, so that no command has to think of it.
 */

/** Results, to stdout. The text brings its own line ends. */
export function print(text: string): void {
  process.stdout.write(printable(text));
}

/** Results for programs, to stdout; a terminal that shows them is safe as well. */
export function printJson(value: unknown): void {
  process.stdout.write(`${escapeUnprintable(JSON.stringify(value, null, 2))}\n`);
}

/** News, questions and errors, to stderr. The text brings its own line ends. */
export function tell(text: string): void {
  process.stderr.write(printable(text));
}

/** The text of a file, to stdout: byte for byte, unless a terminal shows it. */
export function printFile(text: string): void {
  process.stdout.write(process.stdout.isTTY === true ? printable(text) : text);
}

/** What a program in a terminal elsewhere draws; whoever gives it has taken out what reaches beyond. */
export function printScreen(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(text, () => resolve()));
}

/** Of a command that ran elsewhere: byte for byte, unless a terminal shows it. Resolves once it is out. */
export function printBytes(data: Buffer, stream: 'out' | 'err'): Promise<void> {
  const to = stream === 'out' ? process.stdout : process.stderr;
  const shown = to.isTTY === true ? printable(data.toString('utf8')) : data;
  return new Promise((resolve) => to.write(shown, () => resolve()));
}
