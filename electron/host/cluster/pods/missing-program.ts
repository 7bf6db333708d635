import { RackhelmError } from '../../../../shared/model/errors.ts';

/** As container runtimes say that there is no such program in a container. */
const missing =
  /executable file not found|no such file or directory|: not found|file does not exist/i;

export function saysMissing(text: string): boolean {
  return missing.test(text);
}

/** How a command ended, or why it could not begin, where the program is not there. */
export function isMissing(
  ended: unknown,
  said: string,
): ended is { readonly code: number | null } | Error {
  if (ended instanceof Error) return saysMissing(ended.message);
  const code = typeof ended === 'object' && ended !== null && 'code' in ended ? ended.code : null;
  return (code === 126 || code === 127) && (said.trim() === '' || saysMissing(said));
}

export function noShell(container: string | null): RackhelmError {
  const where = container === null ? 'This container' : `The container ${container}`;
  return new RackhelmError('POD_NO_SHELL', `${where} has no shell.`);
}
