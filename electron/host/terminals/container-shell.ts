import type { OpenShell, ShellSession } from './held-terminal.ts';

interface ContainerSession extends ShellSession {
  readonly output: AsyncIterable<{ readonly data: Buffer }>;
}

/** bash where it is there, else sh, asked in one command: an engine tells late that a program is missing. */
const anyShell = ['/bin/sh', '-c', 'command -v bash >/dev/null 2>&1 && exec bash || exec sh'];

/** A shell in a container of an engine. An image without any ends with what its engine says of it. */
export async function openContainerShell(
  open: (command: readonly string[]) => Promise<ContainerSession>,
): Promise<OpenShell> {
  const session = await open(anyShell);
  return { shell: 'Shell', session, output: () => session.output };
}
