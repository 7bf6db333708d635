import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type AccountName, accountNames, accountPlans, type RackAccount } from './accounts.ts';
import { userIdOf } from './base-image.ts';
import { mustRun } from './command.ts';
import { addressOf, dnsDomain, networkNames } from './networks.ts';
import type { NodeFiles } from './node-files.ts';
import { hostnameOf, type NodeSpec } from './node-spec.ts';
import { hasSudo } from './packages.ts';
import { newSecret, type RackState } from './state.ts';

const keyTypes = ['ed25519', 'ecdsa'] as const;

async function generateKey(
  file: string,
  options: { readonly type: string; readonly passphrase: string; readonly comment: string },
): Promise<void> {
  const { type, passphrase, comment } = options;
  // A passphrase on a command line can be seen by others; this one opens a key of a toy machine.
  await mustRun('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', comment, '-f', file]);
}

/** A key pair and a password for each account that wants one. */
export async function makeAccounts(state: RackState): Promise<readonly RackAccount[]> {
  mkdirSync(state.path('keys'), { recursive: true, mode: 0o700 });
  const usable = accountNames.filter(
    (name) => hasSudo() || !['with-password', 'without-password'].includes(accountPlans[name].sudo),
  );
  return Promise.all(usable.map((name) => makeAccount(state, name)));
}

async function makeAccount(state: RackState, user: AccountName): Promise<RackAccount> {
  const plan = accountPlans[user];
  const passphrase = plan.encryptedKey ? newSecret() : null;
  const identityFile = plan.login === 'key' ? state.path('keys', user) : null;
  if (identityFile) {
    const comment = `${user}@rack`;
    await generateKey(identityFile, { type: 'ed25519', passphrase: passphrase ?? '', comment });
  }
  return {
    user,
    description: plan.description,
    password: plan.hasPassword ? newSecret() : null,
    identityFile,
    passphrase,
  };
}

/** Host name, machine id, host keys, name resolution: what makes this machine this one. */
export function writeIdentity(
  state: RackState,
  files: NodeFiles,
  options: { readonly spec: NodeSpec; readonly slot: number; readonly specs: readonly NodeSpec[] },
): void {
  const { spec, slot, specs } = options;
  files.write('etc/hostname', `${hostnameOf(spec)}\n`);
  files.write('etc/machine-id', `${machineIdOf(state, spec.cloneOf ?? spec.name)}\n`);
  files.write('etc/hosts', hostsFile(slot, specs, spec));
  const onManagement = spec.legs.some((leg) => leg.network === 'management');
  const dns = addressOf(slot, 'management', 1).ipv4;
  const hasRouter = specs.some((one) => one.look === 'router');
  files.write(
    'etc/resolv.conf',
    onManagement && hasRouter ? `search ${dnsDomain}\nnameserver ${dns}\n` : '# no DNS here\n',
  );
  writeHostKeys(files, hostKeysOf(state, spec));
}

/** Where the host keys of a node lie as the rack made them; a clone has those of its twin. */
export function hostKeysOf(state: RackState, spec: NodeSpec): string {
  return state.path('host-keys', spec.cloneOf ?? spec.name);
}

/** Stable for a rack's name, different between nodes. */
export function machineIdOf(state: RackState, node: string): string {
  return createHash('md5').update(`${state.id} ${node}`).digest('hex');
}

export async function makeHostKeys(directory: string, node: string): Promise<void> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  await Promise.all(
    keyTypes.map((type) =>
      generateKey(path.join(directory, `ssh_host_${type}_key`), {
        type,
        passphrase: '',
        comment: `root@${node}`,
      }),
    ),
  );
}

export function writeHostKeys(files: Pick<NodeFiles, 'write'>, directory: string): void {
  for (const type of keyTypes) {
    const name = `ssh_host_${type}_key`;
    const read = (suffix: string) => readFileSync(path.join(directory, name + suffix));
    files.write(`etc/ssh/${name}`, read(''), { mode: 0o600 });
    files.write(`etc/ssh/${name}.pub`, read('.pub'));
  }
}

/** The public keys in the form of known_hosts, for every address of the node. */
export function knownHostsLines(slot: number, spec: NodeSpec, directory: string): string {
  const names = spec.legs.flatMap((leg) => Object.values(addressOf(slot, leg.network, leg.host)));
  return keyTypes
    .map((type) => {
      const [algorithm, blob] = readFileSync(
        path.join(directory, `ssh_host_${type}_key.pub`),
        'utf8',
      ).split(' ');
      return `${[spec.name, ...names].join(',')} ${algorithm} ${blob}\n`;
    })
    .join('');
}

function hostsFile(slot: number, specs: readonly NodeSpec[], own: NodeSpec): string {
  const name = hostnameOf(own);
  const lines = ['127.0.0.1 localhost', `127.0.1.1 ${name}.${dnsDomain} ${name}`];
  lines.push('::1 localhost ip6-localhost ip6-loopback');
  for (const spec of specs) {
    const leg = spec.legs.toSorted(
      (a, b) => networkNames.indexOf(a.network) - networkNames.indexOf(b.network),
    )[0];
    if (!leg || spec === own) continue;
    const { ipv4 } = addressOf(slot, leg.network, leg.host);
    lines.push(`${ipv4} ${spec.name}.${dnsDomain} ${spec.name}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Home directories and authorized keys of this node's accounts; the other accounts are left out. */
export function writeAccounts(
  files: NodeFiles,
  base: string,
  options: { readonly spec: NodeSpec; readonly accounts: readonly RackAccount[] },
): void {
  const present = options.accounts.filter(({ user }) => options.spec.accounts.includes(user));
  const absent = new Set<string>(accountNames.filter((n) => !present.some((a) => a.user === n)));
  for (const [name, mode] of [
    ['etc/passwd', 0o644],
    ['etc/group', 0o644],
    ['etc/shadow', 0o640],
  ] as const) {
    const lines = readFileSync(path.join(base, name), 'utf8').trimEnd().split('\n');
    const kept = lines.filter((line) => !absent.has(line.split(':')[0] ?? ''));
    const group = name === 'etc/shadow' ? { uid: 0, gid: 42 } : {};
    const text = `${kept.join('\n')}\n`;
    const shells = options.spec.look === 'alpine' ? text.replaceAll('/bin/bash', '/bin/ash') : text;
    files.write(name, shells, { mode, ...group });
  }
  for (const account of present) writeHome(files, account);
}

function writeHome(files: NodeFiles, account: RackAccount): void {
  const { user, identityFile } = account;
  const uid = userIdOf(user);
  const home = user === 'root' ? 'root' : `home/${user}`;
  files.directory(home, { uid, mode: 0o700 });
  const profile = accountPlans[user].profile;
  for (const name of profile ? ['.bashrc', '.profile'] : []) {
    files.write(`${home}/${name}`, `${profile?.join('\n')}\n`, { uid });
  }
  if (!identityFile) return;
  files.directory(`${home}/.ssh`, { uid, mode: 0o700 });
  const options = { uid, mode: 0o600 };
  files.write(`${home}/.ssh/authorized_keys`, readFileSync(`${identityFile}.pub`), options);
}
