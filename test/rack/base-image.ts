import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { accountNames, accountPlans, firstAccountId, type RackAccount } from './accounts.ts';
import { mustRun } from './command.ts';
import { NodeFiles } from './node-files.ts';
import { scriptFile, scriptText } from './scripts.ts';
import type { RackState } from './state.ts';

const sshdConfig = `# A rack node's sshd
HostKey /etc/ssh/ssh_host_ed25519_key
HostKey /etc/ssh/ssh_host_ecdsa_key
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM yes
UseDNS no
PrintMotd no
AllowTcpForwarding yes
AllowStreamLocalForwarding yes
AcceptEnv LANG LC_*
PidFile /run/sshd.pid
Subsystem sftp internal-sftp

Match User pwonly
  PasswordAuthentication yes
  AuthenticationMethods password
Match User kbd
  KbdInteractiveAuthentication yes
  AuthenticationMethods keyboard-interactive
`;

const pam = `auth required pam_unix.so nullok
account required pam_unix.so
password required pam_unix.so sha512
session required pam_unix.so
session required pam_env.so
`;

const sudoers = `Defaults secure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
root ALL=(ALL:ALL) ALL
deploy ALL=(ALL:ALL) NOPASSWD:ALL
admin ALL=(ALL:ALL) ALL
Defaults:terminal requiretty
terminal ALL=(ALL:ALL) NOPASSWD:ALL
`;

/** Account names with their user ids; root is there already. */
function addedAccounts() {
  return accountNames
    .filter((name) => name !== 'root')
    .map((name, index) => ({ name, uid: firstAccountId + index, plan: accountPlans[name] }));
}

export function userIdOf(name: string): number {
  return addedAccounts().find((account) => account.name === name)?.uid ?? 0;
}

/** Mounts a tmpfs below the state directory; `down` unmounts it. */
export async function mountTmpfs(state: RackState, directory: string, mib: number): Promise<void> {
  mkdirSync(directory, { recursive: true });
  state.record({ kind: 'mount', path: directory });
  const options = `mode=755,size=${mib}m`;
  await mustRun('mount', ['-t', 'tmpfs', '-o', options, `rack-${state.id}`, directory]);
}

/**
 * The layer that all nodes share, in memory because a layer must not lie inside the root file system
 * that is the layer below it. Returns its directory.
 */
export async function buildBaseImage(
  state: RackState,
  accounts: readonly RackAccount[],
): Promise<string> {
  const directory = state.path('base');
  await mountTmpfs(state, directory, 128);
  for (const name of ['upper', 'work', 'merged']) mkdirSync(path.join(directory, name));
  const passwd = addedAccounts().map(
    ({ name, uid, plan }) =>
      `${name}:x:${uid}:${uid}:${plan.description}:/home/${name}:${plan.shell}`,
  );
  const group = addedAccounts().map(({ name, uid }) => `${name}:x:${uid}:`);
  writeFileSync(path.join(directory, 'passwd.add'), `${passwd.join('\n')}\n`);
  writeFileSync(path.join(directory, 'group.add'), `${group.join('\n')}\n`);
  const passwords = accounts.flatMap(({ user, password }) =>
    password === null ? [] : [`${user}:${password}\n`],
  );
  await mustRun('unshare', ['--mount', 'sh', scriptFile('build-base.sh'), directory], {
    stdin: passwords.join(''),
    // It stands in the mount that `down` takes away, so `down` must find it after a crash.
    env: { PATH: process.env.PATH, RACKHELM_RACK: state.id },
  });
  const upper = path.join(directory, 'upper');
  writeBaseFiles(upper);
  return upper;
}

function writeBaseFiles(upper: string): void {
  const files: readonly [string, string, number][] = [
    ['etc/ssh/sshd_config', sshdConfig, 0o644],
    ['etc/pam.d/sshd', pam, 0o644],
    ['etc/pam.d/sudo', pam, 0o644],
    ['etc/sudoers', sudoers, 0o440],
    ['usr/sbin/init', scriptText('init.sh'), 0o755],
    ['usr/bin/systemctl', scriptText('systemctl.sh'), 0o755],
    ...['reboot', 'poweroff', 'halt', 'shutdown'].map((name): [string, string, number] => [
      `usr/sbin/${name}`,
      scriptText('power-command.sh'),
      0o755,
    ]),
  ];
  const layer = new NodeFiles(upper);
  for (const [name, text, mode] of files) layer.write(name, text, { mode });
}
