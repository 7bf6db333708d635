import { rmSync } from 'node:fs';
import { hostKeysOf, machineIdOf, makeHostKeys, writeHostKeys } from '../identity.ts';
import { hostnameOf } from '../node-spec.ts';
import { type Fault, type FaultTarget, inNode, otherNode } from './fault.ts';
import { restartSshd } from './processes.ts';

/** Writes inside the running node: its layer must not be changed from outside while it is mounted. */
async function writeInNode(
  target: FaultTarget,
  { file, content, mode = 0o644 }: Written,
): Promise<void> {
  // The old file is removed first so that its permissions and links do not carry over.
  const write = `umask 077; rm -f '/${file}' && cat >'/${file}' && chmod ${mode.toString(8)} '/${file}'`;
  await inNode(target, write, content.toString());
}

interface Written {
  readonly file: string;
  readonly content: string | Buffer;
  readonly mode: number | undefined;
}

export async function presentHostKeys(target: FaultTarget, directory: string): Promise<void> {
  const written: Written[] = [];
  const write = (file: string, content: string | Buffer, options: { mode?: number } = {}) =>
    written.push({ file, content, mode: options.mode });
  writeHostKeys({ write }, directory);
  for (const one of written) await writeInNode(target, one);
  await restartSshd(target);
}

export const hostKeyReplaced: Fault = {
  description: 'sshd has new host keys, as after a reinstallation',
  set: async (target) => {
    const { state, spec } = target;
    const directory = state.path('host-keys', `${spec.name}.replaced`);
    // ssh-keygen would ask before it writes over a key that a broken-off attempt left.
    rmSync(directory, { recursive: true, force: true });
    await makeHostKeys(directory, spec.name);
    await presentHostKeys(target, directory);
  },
  clear: async (target) => {
    const { state, spec } = target;
    await presentHostKeys(target, hostKeysOf(state, spec));
    rmSync(state.path('host-keys', `${spec.name}.replaced`), { recursive: true, force: true });
  },
};

export const machineIdCloned: Fault = {
  description: 'the machine-id is the one of another node, as on a cloned disk image',
  plan: (target, options) => ({ from: otherNode(target, options).name }),
  set: (target, { from }) => writeMachineId(target, String(from)),
  clear: (target) => writeMachineId(target, target.spec.cloneOf ?? target.spec.name),
};

async function writeMachineId(target: FaultTarget, node: string): Promise<void> {
  const id = machineIdOf(target.state, node);
  await inNode(target, 'rm -f /etc/machine-id && cat >/etc/machine-id', `${id}\n`);
}

export const hostnameDuplicated: Fault = {
  description: 'the host name is the one of another node',
  plan: (target, options) => ({ from: otherNode(target, options).name }),
  set: (target, { from }) => renameNode(target, String(from)),
  clear: (target) => renameNode(target, hostnameOf(target.spec)),
};

async function renameNode(target: FaultTarget, name: string): Promise<void> {
  await inNode(target, 'cat >/etc/hostname && hostname "$(cat /etc/hostname)"', `${name}\n`);
}
