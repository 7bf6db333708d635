import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type ErrorCode, RackhelmError } from '../../../../shared/model/errors.ts';
import { harmless } from '../../connections/ssh/index.ts';
import { acquireScript, beatScript, releaseScript } from './lock-scripts.ts';
import type { Machine } from './machine.ts';
import type { Fence } from './machine-files.ts';

/** Below the time limit of a script: one that is given up never makes a lock afterwards. */
const patienceSeconds = 10;

/** Who holds a machine, as the others read it there. */
const ownerLine = z.object({
  host: z.string().transform((text) => harmless(text).slice(0, 100)),
  user: z.string().transform((text) => harmless(text).slice(0, 100)),
  job: z.string().transform((text) => harmless(text).slice(0, 100)),
});
export type LockOwner = z.infer<typeof ownerLine>;

/** Another job is at it. */
export interface LockBusy {
  readonly state: 'busy';
  /** Names the lock, to push out exactly this one. */
  readonly id: string;
  readonly owner: LockOwner;
  /** Seconds since it was heard of, and since it holds the machine. */
  readonly heardAgo: number;
  readonly heldFor: number;
}

export interface MachineLockOptions {
  readonly machine: string;
  readonly run: Machine['run'];
  readonly owner: LockOwner;
  /** Default `/var/lib/rackhelm/lock`. */
  readonly directory?: string;
  /** Seconds without a sign after which others may take it. Default 120. */
  readonly staleSeconds?: number;
}

/** The lock on one machine, of one job. */
export class MachineLock {
  readonly #options: MachineLockOptions;
  readonly #directory: string;
  readonly #id = randomBytes(16).toString('hex');

  constructor(options: MachineLockOptions) {
    this.#options = options;
    this.#directory = options.directory ?? '/var/lib/rackhelm/lock';
  }

  /** For changes that may arrive when the lock is not ours any more. */
  get fence(): Fence {
    return { directory: this.#directory, id: this.#id };
  }

  /** `push`: take it from this one, though it is alive. */
  async acquire(signal: AbortSignal, push = ''): Promise<{ state: 'held' } | LockBusy> {
    const { owner, staleSeconds = 120 } = this.#options;
    const same = createHash('sha256').update(JSON.stringify(owner)).digest('hex');
    const args = [same, JSON.stringify(owner), String(staleSeconds), push, String(patienceSeconds)];
    const [answer, line] = await this.#run(acquireScript, args, signal);
    if (answer === 'held') return { state: 'held' };
    const [, age, held, id] = /^busy (\d+) (\d+) (\S+)$/.exec(answer) ?? [];
    if (id === undefined) throw this.#failure(answer);
    return {
      state: 'busy',
      id,
      owner: readOwner(line),
      heardAgo: Number(age),
      heldFor: Number(held),
    };
  }

  /** Tells that we are there. Throws LOCK_LOST where somebody else holds the machine, or nobody. */
  async beat(signal: AbortSignal): Promise<void> {
    const [answer, line] = await this.#run(beatScript, [], signal);
    if (answer === 'held') return;
    if (answer !== 'lost') throw this.#failure(answer);
    const { machine } = this.#options;
    const who = line === '' ? 'nobody holds it now' : `${describeOwner(readOwner(line))} took it`;
    throw new RackhelmError('LOCK_LOST', `${machine} is not ours any more: ${who}.`);
  }

  async release(signal: AbortSignal): Promise<void> {
    await this.#run(releaseScript, [], signal);
  }

  async #run(script: string, args: readonly string[], signal: AbortSignal) {
    const { stdout } = await this.#options.run(script, {
      signal,
      root: true,
      args: [this.#directory, this.#id, ...args],
      named: 'look at the lock of the machine',
    });
    const [answer = '', line = ''] = stdout.toString().split('\n');
    return [answer, line] as const;
  }

  #failure(answer: string): RackhelmError {
    const said = harmless(answer.replace(/^failed /, '')).slice(0, 300);
    const code = causes.find(([, pattern]) => pattern.test(said))?.[0] ?? 'MACHINE_FILE_FAILED';
    const message = `${this.#options.machine} could not be locked: ${said || 'no answer came'}.`;
    return new RackhelmError(code, message.replace(/\.\.$/, '.'));
  }
}

const causes: readonly (readonly [ErrorCode, RegExp])[] = [
  ['MACHINE_DISK_FULL', /No space left|quota exceeded/i],
  ['MACHINE_READ_ONLY', /Read-only file system/i],
];

function readOwner(line: string): LockOwner {
  try {
    return ownerLine.parse(JSON.parse(line));
  } catch {
    // Whoever wrote that, somebody holds it.
    return { host: 'another computer', user: 'somebody', job: 'unknown' };
  }
}

export function describeOwner({ user, host, job }: LockOwner): string {
  return `a job of ${user} on ${host} (${job})`;
}
