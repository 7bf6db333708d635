import os from 'node:os';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import type { SshPool } from '../../connections/ssh/index.ts';
import { Heartbeat } from './heartbeat.ts';
import { hold } from './hold.ts';
import { LockedMachine } from './locked-machine.ts';
import { type Answering, Login } from './login.ts';
import { MachineLock } from './machine-lock.ts';
import { OpenedMachine } from './opened-machine.ts';
import { type AskJob, type RememberedSudo, SudoPassword } from './sudo-password.ts';

/** A machine that cannot be reached keeps the lock until it is stale. */
const givingBackMs = 15_000;

export interface MachinesOptions {
  /** Asked for at the first use, so that starting up does not wait for the SSH library. */
  readonly pool: () => Promise<SshPool>;
  readonly rememberedSudo?: RememberedSudo;
  /** Answers what is remembered, before the job is asked. */
  readonly answering?: Answering;
  /** Who this is, as other computers read it in the lock. Default: this computer and its user. */
  readonly owner?: { readonly host: string; readonly user: string };
  /** A job of ours that no process runs any more: nobody is asked before its lock is taken. */
  readonly isOver?: (jobId: string) => boolean;
}

export interface LookOptions {
  /** How the inventory calls it, for evidence and messages. */
  readonly name: string;
  /** Where it answers now, where that is not where the target leads. */
  readonly at?: string;
  readonly ask: AskJob;
  readonly signal: AbortSignal;
  /** Whether a person is there who can confirm or sign in elsewhere meanwhile. Default true. */
  readonly attended?: boolean;
  readonly log?: (text: string) => void;
}

export interface OpenOptions extends LookOptions {
  readonly jobId: string;
  /** Milliseconds between two signs of life. Default 30,000. */
  readonly beatMs?: number;
  /** Seconds without one after which others may take the machine. Default 120. */
  readonly staleSeconds?: number;
}

export interface Machines {
  /** Connects and takes the lock of the machine. Throws MACHINE_BUSY, SSH_*, SUDO_*. */
  open(target: SshTarget, options: OpenOptions): Promise<LockedMachine>;
  /** Connects, for probes and checks, and locks nothing. Root is had when something asks for it. */
  look(target: SshTarget, options: LookOptions): Promise<OpenedMachine>;
}

/** Machines over the pool of connections. */
export function createMachines(options: MachinesOptions): Machines {
  const { pool, rememberedSudo, answering, isOver = () => false } = options;

  async function look(target: SshTarget, asked: LookOptions): Promise<OpenedMachine> {
    const { name, at, ask, signal, attended = true, log } = asked;
    const login = new Login({ pool, target, at, ask, attended, answering, ...(log && { log }) });
    const connection = await login.open(signal);
    const { user, host, port } = connection.resolved;
    const password = new SudoPassword({ user, host, port }, ask, rememberedSudo);
    return new OpenedMachine({ name, login, connection, password, at });
  }

  return {
    look,

    async open(target, asked) {
      const machine = await look(target, asked);
      const { name, jobId, staleSeconds, beatMs } = asked;
      const lock = new MachineLock({
        machine: name,
        run: (script, more) => machine.run(script, more),
        owner: { ...(options.owner ?? thisComputer()), job: jobId },
        ...(staleSeconds === undefined ? {} : { staleSeconds }),
      });
      try {
        await hold(lock, { ...asked, isOver });
      } catch (error) {
        await machine.release();
        throw error;
      }
      try {
        await machine.beHeld(asked.signal);
      } catch (error) {
        await lock.release(AbortSignal.timeout(givingBackMs)).catch(() => {});
        await machine.release();
        throw error;
      }
      const heartbeat = new Heartbeat({
        lock,
        ...(beatMs === undefined ? {} : { everyMs: beatMs }),
      });
      return new LockedMachine(machine, lock, heartbeat);
    },
  };
}

function thisComputer(): { readonly host: string; readonly user: string } {
  return { host: os.hostname(), user: os.userInfo().username };
}
