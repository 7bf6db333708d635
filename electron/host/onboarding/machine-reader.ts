import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Facts } from '../../../shared/model/facts.ts';
import type { SshTarget } from '../../../shared/model/ssh.ts';
import type {
  Ask,
  ConnectOptions,
  ResolvedTarget,
  SshConnection,
  SshPool,
  SshStep,
} from '../connections/ssh/index.ts';
import { collectFacts } from '../facts/index.ts';

export interface ReadOptions {
  readonly ask: Ask;
  readonly signal: AbortSignal;
  readonly onStep?: (step: SshStep | 'collect', text: string) => void;
  /** What the machine says to people before the login, made harmless. */
  readonly onBanner?: (host: string, text: string) => void;
  /** Whether a person is there who can confirm or sign in elsewhere meanwhile. Default true. */
  readonly attended?: boolean;
  /**
   * Milliseconds for connecting and reading together, without the time spent waiting for a person.
   * Default 15,000, or what ConnectTimeout in the ssh configuration says where that is more.
   */
  readonly timeoutMs?: number;
}

export interface Reading {
  readonly facts: Facts;
  /** As the person wrote it. */
  readonly target: SshTarget;
  /** After ssh configuration and defaults. */
  readonly resolved: ResolvedTarget;
  /** The key that the machine proved to be its own. */
  readonly hostKey?: SshConnection['hostKey'];
}

/** Connects to one machine and reads its facts. Throws RackhelmError with an SSH_* code. */
export type MachineReader = (target: SshTarget, options: ReadOptions) => Promise<Reading>;

/** A loss within this time tells of a connection that had died while it was idle. */
const staleWithinMs = 1000;

/** `pool` is asked for at the first use, so that starting up does not wait for the SSH library. */
export function createMachineReader(pool: () => Promise<SshPool>, script: string): MachineReader {
  return async (target, options) => {
    let connecting: ConnectOptions = options;
    for (let attempt = 1; ; attempt += 1) {
      const connection = await (await pool()).connect(target, connecting);
      const begin = performance.now();
      try {
        options.onStep?.('collect', 'Reading the facts of the machine.');
        const facts = await collectFacts(connection, {
          script,
          signal: options.signal,
          timeoutMs: connection.leftMs,
        });
        const { resolved, hostKey } = connection;
        return { facts, target, resolved, hostKey };
      } catch (error) {
        // Reading changes nothing on the machine, so once more on a fresh connection is safe.
        const tookMs = performance.now() - begin;
        const wasStale = isLost(error) && tookMs < staleWithinMs;
        if (attempt > 1 || !wasStale || options.signal.aborted) throw error;
        connecting = { ...options, timeoutMs: Math.max(1, connection.leftMs - tookMs) };
      } finally {
        connection.release();
      }
    }
  };
}

function isLost(error: unknown): boolean {
  return error instanceof RackhelmError && error.code === 'SSH_CONNECTION_LOST';
}

/**
 * A target that needs no ssh configuration any more: for machines that were reached through a file
 * that Rackhelm will not read again.
 */
export function concreteTarget(resolved: ResolvedTarget): SshTarget {
  const [identityFile] = resolved.identityFiles;
  return {
    host: resolved.host,
    port: resolved.port,
    user: resolved.user,
    ...(identityFile === undefined ? {} : { identityFile }),
    ...(resolved.jump.length === 0 ? {} : { jump: [...resolved.jump] }),
  };
}
