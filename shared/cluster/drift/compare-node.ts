import { formatBytes } from '../../model/amounts.ts';
import { agreesOnMemory } from '../../model/memory.ts';
import type { CensusNode } from '../census/node.ts';
import { said } from '../status.ts';
import type { DeclaredDevice, DeclaredMember } from './declared.ts';
import type { Drift } from './drift-line.ts';
import { declaredLabels, isOwnLabel, labelTags } from './node-labels.ts';

type Difference = Pick<Drift, 'about' | 'label' | 'inventory' | 'cluster'> &
  Partial<Pick<Drift, 'fix' | 'advice' | 'action' | 'evidence'>>;

/** Field by field, what is declared of a device beside what its node tells. */
export function compareNode(
  node: CensusNode,
  device: DeclaredDevice,
  member: DeclaredMember,
): Difference[] {
  return [
    roleOf(node, member),
    labelsOf(node, device),
    addressOf(node, device),
    architectureOf(node, device),
    coresOf(node, device),
    memoryOf(node, device),
    gpusOf(node, device),
  ].filter((difference) => difference !== null);
}

/** The role that the inventory has a word for. */
export function clusterRole(roles: readonly string[]): string {
  if (roles.includes('control-plane')) return 'control-plane';
  return ['etcd', 'storage', 'edge'].find((role) => roles.includes(role)) ?? 'worker';
}

/** Workers of a sort, which a cluster need not say. */
const workers: ReadonlySet<string> = new Set(['worker', 'storage', 'edge']);

function roleOf({ roles }: CensusNode, { id, role }: DeclaredMember): Difference | null {
  const seen = clusterRole(roles);
  if (seen === role || (workers.has(seen) && workers.has(role))) return null;
  return {
    ...{ about: 'role', label: 'Role', inventory: role, cluster: seen },
    evidence: [roles.length > 0 ? `it has the roles ${said(roles.join(', '))}` : 'it has no role'],
    fix: `Set its role to ${seen}`,
    action: { do: 'set-member', memberId: id, values: { role: seen } },
  };
}

/** Labels that are told have to be as long as a tag at the most. */
const longestTag = 50;
const shownLabels = 20;

function labelsOf({ labels }: CensusNode, device: DeclaredDevice): Difference | null {
  const declared = declaredLabels(device.tags);
  const seen = new Map(
    Object.entries(labels).filter(([key]) => isOwnLabel(key) || declared.has(key)),
  );
  const [inventory, cluster] = [labelTags(declared), labelTags(seen)];
  if (inventory.join() === cluster.join()) return null;
  const fits = cluster.every((label) => label.length <= longestTag);
  const words = (all: readonly string[]) => said(all.slice(0, shownLabels).join(', ')) || null;
  return {
    ...{ about: 'labels', label: 'Labels', inventory: words(inventory), cluster: words(cluster) },
    evidence: ['a tag such as disk=ssd of the device stands for a label'],
    ...(fits
      ? {
          fix: 'Make its labels tags of the device',
          action: { do: 'set-tags', deviceId: device.id, tags: cluster },
        }
      : { advice: 'They are longer than tags can be; set or delete them on the node.' }),
  };
}

function addressOf({ addresses }: CensusNode, device: DeclaredDevice): Difference | null {
  const missing = addresses.filter((address) => !device.addresses.includes(address));
  if (addresses.length === 0 || missing.length === 0) return null;
  return {
    ...{ about: 'address', label: 'Address' },
    inventory: device.addresses.slice(0, shownAddresses).join(', ') || null,
    cluster: said(missing.slice(0, shownAddresses).join(', ')),
    advice: 'Accept it on the device, where its facts tell which interface has it.',
  };
}

const shownAddresses = 4;

const common: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  armv7l: 'arm',
  armv6l: 'arm',
  armhf: 'arm',
  i686: '386',
};

/** As Go and Kubernetes call it: `aarch64` → `arm64`. */
export function goArchitecture(name: string): string {
  const lower = name.trim().toLowerCase();
  return common[lower] ?? lower;
}

function architectureOf(node: CensusNode, device: DeclaredDevice): Difference | null {
  const seen = node.architecture;
  if (seen === '' || goArchitecture(device.architecture ?? '') === goArchitecture(seen))
    return null;
  return {
    ...{ about: 'architecture', label: 'Architecture' },
    ...{ inventory: device.architecture, cluster: said(seen) },
    fix: `Set its architecture to ${said(seen)}`,
    action: { do: 'set-device', deviceId: device.id, values: { architecture: seen.slice(0, 100) } },
  };
}

function coresOf({ cores }: CensusNode, device: DeclaredDevice): Difference | null {
  if (cores === null || cores === device.cores || !Number.isInteger(cores) || cores < 1)
    return null;
  return {
    ...{ about: 'cores', label: 'Cores', cluster: String(cores) },
    inventory: device.cores === null ? null : String(device.cores),
    fix: `Set its cores to ${cores}`,
    action: { do: 'set-device', deviceId: device.id, values: { cpuCores: cores } },
  };
}

function memoryOf({ memory }: CensusNode, device: DeclaredDevice): Difference | null {
  if (memory === null || memory <= 0) return null;
  if (device.memory !== null && agreesOnMemory(device.memory, memory)) return null;
  return {
    ...{ about: 'memory', label: 'Memory', cluster: formatBytes(memory) },
    inventory: device.memory === null ? null : formatBytes(device.memory),
    fix: `Set its memory to ${formatBytes(memory)}`,
    action: { do: 'set-device', deviceId: device.id, values: { memoryBytes: Math.round(memory) } },
  };
}

function gpusOf({ gpus }: CensusNode, device: DeclaredDevice): Difference | null {
  if (gpus === device.gpus) return null;
  return {
    ...{ about: 'gpus', label: 'GPUs', inventory: String(device.gpus), cluster: String(gpus) },
    evidence: gpus === 0 ? ['the node offers none to pods'] : [],
    advice:
      gpus < device.gpus
        ? 'A device plugin offers them to pods; look at whether it runs on this node.'
        : 'Add them to the device.',
  };
}
