import { randomBytes } from 'node:crypto';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Machine } from '../../engine/machines/index.ts';

/**
 * What may be sent over the network to look: nothing; a question to the gateway and to the name servers;
 * or also one connection to the outside world.
 */
export type NetworkConsent = 'none' | 'gateway' | 'outside';

/** All that looking needs of a machine. */
export type Lookable = Pick<Machine, 'name' | 'user' | 'run'>;

export interface OutsideWorld {
  readonly host: string;
  readonly port: number;
}

/** Where K3s is installed from; any place that the machine needs will do. */
export const defaultOutside: OutsideWorld = { host: 'get.k3s.io', port: 443 };

/** One run of the script. Times are UTC milliseconds by this computer's clock. */
export interface RawRun {
  readonly stdout: Uint8Array;
  readonly nonce: string;
  readonly as: string;
  readonly sentAt: number;
  readonly endedAt: number;
}

/** What a machine told in one or two round trips. Plain data, so that a thread can read it. */
export interface RawPreflight {
  readonly where: string;
  /** The second one is root's, where the first was not. */
  readonly runs: readonly [RawRun, ...RawRun[]];
  /** Why there is no run as root; null: there is. */
  readonly rootProblem: string | null;
}

export interface LookOptions {
  /** The text of the script `preflight`; see remote-script.ts. */
  readonly script: string;
  readonly signal: AbortSignal;
  readonly network: NetworkConsent;
  readonly outside?: OutsideWorld;
  /** Milliseconds for each round trip; default 20,000. The script bounds itself to less. */
  readonly timeoutMs?: number;
}

/** More is no honest answer: most machines print 40 KB. */
const mostBytes = 4 * 1024 * 1024;

/** Throws what the machine throws where it cannot be reached, and SSH_OUTPUT_INVALID for no answer. */
export async function lookOver(machine: Lookable, options: LookOptions): Promise<RawPreflight> {
  const { network, outside = defaultOutside } = options;
  const aim = network === 'outside' ? [outside.host, String(outside.port)] : [];
  const first = await ask(machine, ['all', network, ...aim], options);
  const uid = uidOf(first);
  const raw = { where: machine.name, runs: [first] as const };
  if (uid === '0') return { ...raw, rootProblem: null };
  try {
    const second = await ask(machine, ['root', 'none'], options, true);
    return { where: machine.name, runs: [first, second], rootProblem: null };
  } catch (error) {
    if (options.signal.aborted || !(error instanceof RackhelmError)) throw error;
    // What was learned stays learned.
    return { ...raw, rootProblem: error.message };
  }
}

async function ask(
  machine: Lookable,
  words: readonly string[],
  { script, signal, timeoutMs = 20_000 }: LookOptions,
  root = false,
): Promise<RawRun> {
  // Fresh each time, so that nothing on the machine can have its marks ready.
  const nonce = randomBytes(16).toString('hex');
  const seconds = String(Math.min(13, Math.max(2, Math.floor(timeoutMs / 1_000) - 4)));
  const sentAt = Date.now();
  const { stdout } = await machine.run(script, {
    args: [nonce, seconds, ...words],
    signal,
    timeoutMs,
    root,
    named: root ? 'preflight.sh (as root)' : 'preflight.sh',
    maxOutputBytes: mostBytes,
  });
  const run = { stdout, nonce, as: root ? 'root' : machine.user, sentAt, endedAt: Date.now() };
  if (stdout.includes(`@@${nonce} begin`)) return run;
  throw new RackhelmError('SSH_OUTPUT_INVALID', `${machine.name} did not answer what was asked.`, {
    hint: 'Check the login profile of this user; it must not replace the shell.',
  });
}

/** As the part `there` ends with it; null where it was not told. */
function uidOf({ stdout, nonce }: RawRun): string | null {
  const text = Buffer.from(stdout.buffer, stdout.byteOffset, stdout.byteLength).toString('latin1');
  const start = text.indexOf(`@@${nonce} part there\n`);
  const end = text.indexOf(`\n@@${nonce} exit`, start);
  const part = start === -1 || end === -1 ? '' : text.slice(start, end);
  return /\n=(\d+)\s*$/.exec(part)?.[1] ?? null;
}
