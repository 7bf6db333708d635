import { createMachines, type Machine } from '../../../electron/host/engine/machines/index.ts';
import { findInstallation } from '../../../electron/host/installation.ts';
import {
  type CheckMachineInput,
  createMachineChecks,
  type PortMachine,
  tryPorts,
} from '../../../electron/host/onboarding/checks/index.ts';
import { readRemoteScript } from '../../../electron/host/remote-script.ts';
import type { CheckResult } from '../../../shared/checks/check.ts';
import type { SshTarget } from '../../../shared/model/ssh.ts';
import { never, type TestClient } from '../sshd/index.ts';

const { resourcesDirectory } = findInstallation(import.meta.dirname);

export interface Checked {
  readonly results: readonly CheckResult[];
  /** Scripts that were run for it. */
  readonly trips: number;
  /** The one of this check, and of this part where there are several; throws where there is none. */
  of(check: string, part?: string): CheckResult;
}

/** Looks at machines of a rack as the app does, over a real connection. */
export class Checker {
  readonly #client: TestClient;

  constructor(client: TestClient) {
    this.#client = client;
  }

  async look(target: SshTarget, name: string) {
    const machines = createMachines({ pool: async () => this.#client.pool });
    const nobody = async () => ({ kind: 'cancel' }) as const;
    return machines.look(target, { name, ask: nobody, signal: never, attended: false });
  }

  async check(
    target: SshTarget,
    name: string,
    more: Partial<CheckMachineInput> = {},
  ): Promise<Checked> {
    const machine = await this.look(target, name);
    let trips = 0;
    const counted: Pick<Machine, 'name' | 'user' | 'run'> = {
      name,
      user: machine.user,
      run: (...asked) => {
        trips += 1;
        return machine.run(...asked);
      },
    };
    try {
      const checks = createMachineChecks({
        script: readRemoteScript(resourcesDirectory, 'preflight'),
        report: (error) => {
          throw error;
        },
      });
      const results = await checks.checkMachine(counted, {
        role: 'worker',
        plan: { name: null, addresses: [], cidrs: ['10.42.0.0/16', '10.43.0.0/16'] },
        network: 'none',
        subject: { id: null, name },
        inventory: { carriers: () => [], memberOf: null },
        signal: never,
        ...more,
      });
      return { results, trips, of: (check, part) => find(results, check, part) };
    } finally {
      await machine.release();
    }
  }

  /** Ports between nodes, by their addresses. */
  async ports(
    nodes: readonly (Omit<PortMachine, 'machine' | 'subject'> & {
      readonly name: string;
      readonly target: SshTarget;
    })[],
  ): Promise<Checked> {
    const machines = await Promise.all(nodes.map(({ target, name }) => this.look(target, name)));
    try {
      const all = nodes.flatMap(({ name, role, address }, index) => {
        const machine = machines[index];
        return machine ? [{ machine, subject: { id: null, name }, role, address }] : [];
      });
      const script = readRemoteScript(resourcesDirectory, 'ports');
      const results = await tryPorts(all, { script, signal: never });
      return { results, trips: 2, of: (check, part) => find(results, check, part) };
    } finally {
      await Promise.all(machines.map((machine) => machine.release()));
    }
  }
}

function find(results: readonly CheckResult[], check: string, part?: string): CheckResult {
  const found = results.find(
    (result) =>
      result.check === `onboarding.${check}` && (part === undefined || result.part === part),
  );
  if (!found) throw new Error(`No result of ${check} ${part ?? ''}`);
  return found;
}
