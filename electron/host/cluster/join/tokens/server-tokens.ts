import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { quote } from '../../../connections/ssh/index.ts';
import type { LookedAt } from '../../../engine/jobs/index.ts';
import { tokenLifeMs } from './api-tokens.ts';

const serverToken = '/var/lib/rancher/k3s/server/token';
const path = 'PATH=$PATH:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin; export PATH';

/** The token of the servers, from one that runs. It goes from here straight to where it is needed. */
export async function readServerToken(machine: LookedAt, signal: AbortSignal): Promise<string> {
  const file = await machine.readFile(serverToken, { signal });
  if (file !== null) return file.content.toString('utf8').trim();
  throw new RackhelmError('NOT_FOUND', `There is no ${serverToken} on ${machine.name}.`, {
    hint: 'Is K3s set up there as a server, and does it keep its data in its usual place?',
  });
}

interface Purpose {
  readonly purpose: string;
  readonly signal: AbortSignal;
}

/** `k3s token create`: the whole form, with the hash of the cluster. */
export async function createServerSideToken(
  machine: LookedAt,
  { purpose, signal }: Purpose,
): Promise<string> {
  const seconds = Math.round(tokenLifeMs / 1_000);
  const command = `k3s token create --ttl ${seconds}s --description ${quote(descriptionOf(purpose))}`;
  const result = await machine.run(`${path}\n${command}\n`, {
    ...{ signal, root: true, timeoutMs: 60_000, named: command },
  });
  const token = /^\S{1,400}$/.exec(result.stdout.toString('utf8').trim().split('\n').at(-1) ?? '');
  if (result.exitCode === 0 && token) return token[0];
  throw new RackhelmError('COMMAND_FAILED', `${machine.name} made no token for an agent.`, {
    hint: 'k3s token create on that server says why.',
  });
}

/** By the id alone; what `k3s token list` prints goes nowhere. */
export async function deleteServerSideTokens(
  machine: LookedAt,
  { purpose, signal }: Purpose,
): Promise<void> {
  const deletion = [
    path,
    `k3s token list 2>/dev/null | grep -F ${quote(descriptionOf(purpose))} | while read -r t rest; do`,
    '  k3s token delete "$(echo "$t" | cut -d . -f 1)" >/dev/null 2>&1',
    'done',
    'true',
  ].join('\n');
  await machine.run(deletion, {
    ...{ signal, root: true, timeoutMs: 60_000, named: 'k3s token delete' },
  });
}

const descriptionOf = (purpose: string) => `rackhelm-${purpose}`;
