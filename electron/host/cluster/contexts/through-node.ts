import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import type { Dial } from '../../connections/kubernetes/index.ts';
import type { Ask, SshPool } from '../../connections/ssh/index.ts';

export interface ThroughNode {
  readonly pool: () => Promise<SshPool>;
  readonly target: SshTarget;
  /** Nobody is there to answer. */
  readonly ask: Ask;
}

/**
 * Streams to an API as seen from a machine, over its one SSH connection. An API that listens there on
 * another address than it is said to is found on the machine itself.
 */
export function dialThrough({ pool, target, ask }: ThroughNode): Dial {
  return async (host, port, signal) => {
    const connection = await (await pool()).connect(target, { ask, signal, attended: false });
    try {
      const stream = await connection
        .forward({ host, port }, signal)
        .catch(async (error: unknown) => {
          if (!isNotThere(error) || host === '127.0.0.1') throw error;
          return await connection.forward({ host: '127.0.0.1', port }, signal).catch(() => {
            throw error;
          });
        });
      stream.once('close', () => connection.release());
      return stream;
    } catch (error) {
      connection.release();
      throw error;
    }
  };
}

function isNotThere(error: unknown): boolean {
  return error instanceof RackhelmError && error.code === 'SSH_FORWARD_REFUSED';
}
