import type { SshTarget } from '../../../../shared/model/ssh.ts';
import type { ResolvedTarget } from '../../connections/ssh/index.ts';
import type { Database } from '../../db/index.ts';
import type { Machine } from '../../engine/machines/index.ts';
import type { PublicKey } from '../phases/index.ts';

interface Way {
  readonly target: SshTarget;
  readonly resolved: Pick<ResolvedTarget, 'host' | 'port'>;
}

/** How the machines of jobs were reached, for phases that need another login or expect another key. */
export class Reached {
  readonly #ways = new WeakMap<Machine, Way>();

  note(machine: Machine, way: Way): void {
    this.#ways.set(machine, way);
  }

  targetOf(machine: Machine): SshTarget {
    return this.#wayOf(machine).target;
  }

  /** The name or address that was connected to. */
  hostOf(machine: Machine): string {
    return this.#wayOf(machine).resolved.host;
  }

  /** From now on the machine is known by exactly these keys, whichever way it is asked for; they are kept. */
  async expect(
    { hostKeys, free }: Pick<Database, 'hostKeys' | 'free'>,
    machine: Machine,
    keys: readonly PublicKey[],
  ): Promise<void> {
    // While another thread writes, keys are known and not written: the end of this process loses them.
    await free();
    const { target, resolved } = this.#wayOf(machine);
    const names = [target.host, resolved.host].map((host) => knownAs(host, resolved.port));
    for (const host of new Set(names)) {
      for (const [at, { type, blob }] of keys.entries()) {
        hostKeys.record({ host, type, blob, seenAt: Date.now() }, { replace: at === 0 });
      }
    }
    await free();
  }

  #wayOf(machine: Machine): Way {
    const way = this.#ways.get(machine);
    if (way === undefined) throw new Error(`Nobody noted how ${machine.name} was reached`);
    return way;
  }
}

/** As known_hosts writes it. */
function knownAs(host: string, port: number): string {
  const lower = host.toLowerCase();
  return port === 22 ? lower : `[${lower}]:${port}`;
}
