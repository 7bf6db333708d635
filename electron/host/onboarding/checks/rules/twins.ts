import type { Evidence } from '../../../../../shared/checks/check.ts';
import type { Check, Verdict } from '../../../engine/checks/index.ts';
import type { MachineKeys } from '../keys.ts';
import { byPhase, bySteps, fail, newMachineId, pass, unknown } from '../verdicts.ts';

/** A device of the inventory that has something that should be one machine's alone. */
export interface Twin {
  readonly deviceId: string;
  readonly deviceName: string;
}

/** What the inventory has of a key; the machine's own device is left out already. */
export interface InventoryView {
  carriers(key: {
    readonly kind: 'machine-id' | 'ssh-host-key' | 'hostname' | 'address';
    readonly value: string;
  }): readonly Twin[];
  /** The cluster that the machine's own device is a node of, by name; null: none. */
  readonly memberOf: string | null;
}

export interface TwinRead {
  readonly keys: MachineKeys;
  readonly inventory: InventoryView;
  /** Names and addresses that the machine is to have. */
  readonly plan: { readonly name: string | null; readonly addresses: readonly string[] };
  readonly at: number;
}

type TwinCheck = Check<TwinRead, null>;
const group = 'Identity';

function shown(read: TwinRead, kind: string, twins: readonly Twin[]): Evidence[] {
  const names = twins.map(({ deviceName }) => deviceName).join('\n');
  return [
    {
      ran: `devices of the inventory by ${kind}`,
      where: 'this computer',
      as: null,
      at: read.at,
      durationMs: null,
      said: names.slice(0, 4_000),
      cut: names.length > 4_000,
      exit: null,
    },
  ];
}

const named = (twins: readonly Twin[]) =>
  [...new Set(twins.map(({ deviceName }) => deviceName))].slice(0, 5).join(', ');

export const twinMachineId: TwinCheck = {
  id: 'onboarding.cloned-machine-id',
  group,
  title: 'Machine id is its own',
  why: 'Two machines with one id get the same address by DHCP and are one and the same to a cluster.',
  rule(read) {
    const { machineId } = read.keys;
    if (machineId === null) return unknown('The machine tells no id.');
    const twins = read.inventory.carriers({ kind: 'machine-id', value: machineId });
    const evidence = shown(read, 'machine id', twins);
    if (twins.length === 0) return pass('No other device has it.', evidence);
    return fail(
      `${named(twins)} has the same: one of them is a copy.`,
      evidence,
      newMachineId(machineId),
    );
  },
};

export const twinHostKeys: TwinCheck = {
  id: 'onboarding.cloned-host-keys',
  group,
  title: 'Host keys are its own',
  why: 'Whoever has the disk of one machine can pass itself off as every other with the same keys.',
  rule(read) {
    const { hostKeys } = read.keys;
    if (hostKeys.length === 0) return unknown('The machine’s host keys could not be read.');
    const shared = hostKeys.flatMap(({ value, blob }) => {
      const carriers = read.inventory.carriers({ kind: 'ssh-host-key', value });
      return carriers.length > 0 ? [{ blob, carriers }] : [];
    });
    const twins = shared.flatMap(({ carriers }) => carriers);
    const evidence = shown(read, 'host key', twins);
    if (twins.length === 0) return pass('No other device has shown them.', evidence);
    return fail(
      `${named(twins)} has the same: one of them is a copy.`,
      evidence,
      byPhase('host-keys', 'Make new host keys', { was: shared.map(({ blob }) => blob) }),
    );
  },
};

export const twinName: TwinCheck = {
  id: 'onboarding.unique-name',
  group,
  title: 'Name is its own',
  why: 'A second node of the same name is refused by the cluster, or takes the place of the first.',
  rule(read): Verdict {
    const name = (read.plan.name ?? read.keys.hostname)?.toLowerCase() ?? null;
    if (name === null) return unknown('The machine tells no host name.');
    const short = name.split('.')[0] ?? name;
    const twins = read.inventory.carriers({ kind: 'hostname', value: short });
    const evidence = shown(read, `host name ${short}`, twins);
    if (twins.length === 0) return pass(`No other device is called ${short}.`, evidence);
    return fail(
      `${named(twins)} is called ${short} too.`,
      evidence,
      bySteps('Choose another name for this machine in the plan.'),
    );
  },
};

export const twinAddresses: TwinCheck = {
  id: 'onboarding.unique-addresses',
  group,
  title: 'Addresses are its own',
  why: 'Two machines with one address answer in turns, and neither can be relied upon.',
  rule(read) {
    const planned = read.plan.addresses.map((address) => address.replace(/\/.*$/, ''));
    const addresses = [...new Set([...planned, ...read.keys.addresses])];
    if (addresses.length === 0) return unknown('The machine tells no address.');
    const taken = addresses.flatMap((value) => {
      const twins = read.inventory.carriers({ kind: 'address', value });
      return twins.length > 0 ? [{ value, twins }] : [];
    });
    if (taken.length === 0)
      return pass(
        `No other device is said to have ${addresses.slice(0, 4).join(', ')}.`,
        shown(read, 'address', []),
      );
    return taken.map(({ value, twins }) => ({
      ...fail(
        `${value} belongs to ${named(twins)}.`,
        shown(read, `address ${value}`, twins),
        bySteps('Give one of the two another address, or correct the inventory.'),
      ),
      part: value,
    }));
  },
};

export const twinChecks: readonly TwinCheck[] = [
  twinName,
  twinAddresses,
  twinMachineId,
  twinHostKeys,
];
