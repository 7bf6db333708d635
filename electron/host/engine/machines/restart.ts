import { setTimeout as wait } from 'node:timers/promises';
import { type ErrorCode, RackhelmError } from '../../../../shared/model/errors.ts';
import type { Machine } from './machine.ts';
import { spanWords } from './span-words.ts';

/** Which run of which machine this is. */
interface Running {
  readonly bootId: string;
  readonly machineId: string;
}

export interface RestartOptions {
  readonly name: string;
  readonly run: Machine['run'];
  /** A script through a login of its own, within so many milliseconds. */
  readonly runFresh: (script: string, timeoutMs: number) => Promise<string>;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

const lookScript = `cat /proc/sys/kernel/random/boot_id && { cat /etc/machine-id 2>/dev/null || echo; }`;
/** Detached, so that the answer comes back before the machine goes. */
const restartScript = `
restart() {
  sleep 1
  if [ -d /run/systemd/system ] && command -v systemctl >/dev/null; then systemctl reboot && return; fi
  reboot || shutdown -r now || busybox reboot
}
command -v reboot >/dev/null || command -v systemctl >/dev/null || command -v shutdown >/dev/null || exit 127
trap '' HUP
restart </dev/null >/dev/null 2>&1 &
`;
const waitsMs = [1_000, 1_000, 2_000, 3_000, 5_000];
const loginMs = 6_000;
/** Why a machine that is going or coming does not let one in; all else is told at once. */
const passing = new Set<ErrorCode>([
  'SSH_REFUSED',
  'SSH_UNREACHABLE',
  'SSH_TIMEOUT',
  'SSH_CONNECTION_LOST',
  'SSH_HOST_UNKNOWN',
  'SSH_JUMP_FAILED',
  'SSH_NOT_SSH',
  'SSH_NO_SHELL',
  'SSH_OUTPUT_INVALID',
]);
/** While it starts, PAM turns people away (`nologin`); but a ban after many tries helps nobody. */
const mostRefusals = 5;

/** Restarts a machine and waits for it. Throws as Machine.reboot says. */
export async function restart(options: RestartOptions): Promise<void> {
  const { name, run, signal, timeoutMs } = options;
  const before = read((await run(lookScript, { signal })).stdout.toString());
  if (!before) throw new RackhelmError('SSH_OUTPUT_INVALID', `${name} does not tell its boot id.`);
  const issued = await run(restartScript, { signal, root: true, named: 'restart the machine' });
  if (issued.exitCode === 127)
    throw new RackhelmError('MACHINE_NOT_BACK', `${name} has no command that restarts it.`, {
      hint: 'Restart it by hand, then go on.',
    });
  const end = performance.now() + timeoutMs;
  let [seenOld, refusals] = [true, 0];
  for (let look = 0; performance.now() < end; look += 1) {
    await wait(waitsMs[look] ?? waitsMs.at(-1), undefined, { signal }).catch(() => {});
    if (signal.aborted) throw new RackhelmError('SSH_CANCELLED', 'The connection was cancelled.');
    try {
      const now = read(await options.runFresh(lookScript, loginMs));
      seenOld = now?.bootId === before.bootId;
      if (!now || seenOld) continue;
      if (now.machineId !== before.machineId) throw otherMachine(name);
      return;
    } catch (error) {
      if (!(error instanceof RackhelmError)) throw error;
      if (error.code === 'SSH_AUTH_FAILED' && refusals < mostRefusals) refusals += 1;
      else if (!passing.has(error.code)) throw error;
      else seenOld = false;
    }
  }
  throw notBack(name, timeoutMs, seenOld);
}

function read(text: string): Running | null {
  const [bootId = '', machineId = ''] = text.split('\n');
  return /^[0-9a-f-]{36}$/.test(bootId) ? { bootId, machineId: machineId.trim() } : null;
}

function otherMachine(name: string): RackhelmError {
  const message = `What answers in place of ${name} after the restart has another machine-id.`;
  return new RackhelmError('OTHER_MACHINE', message);
}

function notBack(name: string, timeoutMs: number, seenOld: boolean): RackhelmError {
  const span = spanWords(timeoutMs / 1000);
  return seenOld
    ? new RackhelmError('MACHINE_NOT_BACK', `${name} did not restart within ${span}.`, {
        hint: 'It still runs as before. Look what holds it (`systemctl list-jobs`), then go on.',
      })
    : new RackhelmError('MACHINE_NOT_BACK', `${name} did not come back within ${span}.`);
}
