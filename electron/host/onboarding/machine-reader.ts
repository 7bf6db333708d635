import type { Facts } from '../../../shared/model/facts.ts';
import type { SshTarget } from '../../../shared/model/ssh.ts';
import { collectFacts } from '../facts/index.ts';
import type { Ask, SshPool, SshStep } from '../ssh/index.ts';

export interface ReadOptions {
  readonly ask: Ask;
  readonly signal: AbortSignal;
  readonly onStep?: (step: SshStep | 'collect', text: string) => void;
  /** Milliseconds for the connection and again for the script; see ssh/types.ts for the default. */
  readonly timeoutMs?: number;
}

/** Connects to one machine and reads its facts. Throws RackhelmError with an SSH_* code. */
export type MachineReader = (
  target: SshTarget,
  options: ReadOptions,
) => Promise<{ facts: Facts; target: SshTarget }>;

/** `pool` is asked for at the first use, so that starting up does not wait for the SSH library. */
export function createMachineReader(pool: () => Promise<SshPool>, script: string): MachineReader {
  return async (target, options) => {
    const connection = await (await pool()).connect(target, options);
    try {
      options.onStep?.('collect', 'Reading the facts of the machine');
      const facts = await collectFacts(connection, {
        script,
        signal: options.signal,
        ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
      });
      return { facts, target };
    } finally {
      connection.release();
    }
  };
}
