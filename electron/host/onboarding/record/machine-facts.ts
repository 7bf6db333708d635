import type { Facts } from '../../../../shared/model/facts.ts';
import type { RemoteShell } from '../../connections/ssh/index.ts';
import type { Machine } from '../../engine/machines/index.ts';
import { collectFacts } from '../../facts/index.ts';

/** Facts of a machine that a job works on, by the same script as everywhere. */
export async function factsOf(
  machine: Pick<Machine, 'run'>,
  { script, signal }: { readonly script: string; readonly signal: AbortSignal },
): Promise<Facts> {
  const shell: RemoteShell = {
    async exec(command, { stdin, signal: until, timeoutMs, maxOutputBytes }) {
      const { stdout, stderr, exitCode, signalName } = await machine.run(String(stdin), {
        args: wordsOf(command),
        signal: until,
        named: 'facts.sh',
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        ...(maxOutputBytes === undefined ? {} : { maxOutputBytes }),
      });
      return { stdout, stderr, exitCode, signalName };
    },
  };
  return await collectFacts(shell, { script, signal });
}

/** `sh -s 'mark' 11 ip,lsblk`: words without blanks in them, of which a machine quotes each itself. */
function wordsOf(command: string): string[] {
  return command
    .replace(/^sh -s /, '')
    .split(' ')
    .map((word) => word.replaceAll("'", ''));
}
