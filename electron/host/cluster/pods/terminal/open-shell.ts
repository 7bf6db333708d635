import { setTimeout as pause } from 'node:timers/promises';
import type { PodPlace } from '../../../../../shared/cluster/pods/pod-terminal.ts';
import type { TerminalSize } from '../../../../../shared/terminals/screen.ts';
import type { ExecSession, KubeClient } from '../../../connections/kubernetes/index.ts';
import type { OpenShell } from '../../../terminals/index.ts';
import { isMissing, noShell, saysMissing } from '../missing-program.ts';
import { mayRun, refusal } from '../refusal.ts';

/** In this order, as most images have one of them. */
const shells = ['bash', 'sh', 'ash'];
/** A shell that says nothing for so long is there all the same. */
const silentMs = 1_500;

type Output = ExecSession['output'] extends AsyncIterable<infer T> ? T : never;

export interface AskedShell extends Omit<PodPlace, 'contextId'> {
  /** Absent: the shells, in turn. */
  readonly command?: readonly string[] | undefined;
  readonly size: TerminalSize;
  readonly signal: AbortSignal;
}

/** A shell in a container. Throws POD_NO_SHELL, KubeError. */
export async function openShell(
  client: Pick<KubeClient, 'exec'>,
  asked: AskedShell,
): Promise<OpenShell> {
  const commands = asked.command === undefined ? shells.map((shell) => [shell]) : [asked.command];
  for (const command of commands) {
    const opened = await tryOne(client, asked, command);
    if (opened !== null) return opened;
  }
  throw noShell(asked.container);
}

/** Null: there is no such program. */
async function tryOne(
  client: Pick<KubeClient, 'exec'>,
  { namespace, pod: name, container, size, signal }: AskedShell,
  command: readonly string[],
): Promise<OpenShell | null> {
  const options = { command, tty: true, stdin: true, signal };
  const session = await client
    .exec({ namespace, name }, { ...options, ...(container !== null && { container }) })
    .catch((error: unknown) => {
      throw refusal(error, mayRun(namespace));
    });
  session.resize(size);
  const rest = session.output[Symbol.asyncIterator]();
  const said: Output[] = [];
  let next = rest.next();
  /** What it has said so far, and all after that. */
  const output = async function* () {
    yield* said;
    for (let each = await next; !each.done; each = await rest.next()) yield each.value;
  };
  const opened = { shell: command[0] ?? '', session, output };
  const silent = pause(silentMs, null, { ref: false });
  for (;;) {
    const each = await Promise.race([next, silent]);
    if (each === null) return opened;
    const text = Buffer.concat(said.map(({ data }) => data)).toString('utf8');
    if (each.done) {
      const ended = await session.ended.catch((error: unknown) => error);
      return isMissing(ended, text) ? null : opened;
    }
    said.push(each.value);
    next = rest.next();
    // Runtimes say so in the terminal, and then end.
    if (!saysMissing(text + each.value.data.toString('utf8'))) return opened;
  }
}
