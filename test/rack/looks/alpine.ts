import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { RackError } from '../rack-error.ts';
import { scriptFile } from '../scripts.ts';
import { dmi, ownClasses, unifiedCgroups } from './kernel-files.ts';
import type { NodeBuild } from './look.ts';

const osRelease = `NAME="Alpine Linux"
ID=alpine
VERSION_ID=3.20.3
PRETTY_NAME="Alpine Linux v3.20"
HOME_URL="https://alpinelinux.org/"
`;

/** Programs that are real there besides busybox: sshd, and OpenRC, which Alpine has too. */
const realPrograms = [
  'sshd',
  'start-stop-daemon',
  'openrc',
  'openrc-run',
  'rc-service',
  'rc-update',
  'supervise-daemon',
];

function busyboxApplets(): readonly string[] {
  const { stdout, status } = spawnSync('/usr/bin/busybox', ['--list'], { encoding: 'utf8' });
  if (status !== 0) throw new RackError('busybox does not tell what it can do.');
  return stdout.split('\n').filter((name) => name !== '' && name !== 'busybox');
}

/**
 * A machine whose programs are busybox (ash for a shell), sshd and OpenRC. Emulated: the C library
 * below is Debian's, not musl, and there is no apk.
 */
export function lookLikeAlpine(build: NodeBuild): void {
  const { files } = build;
  for (const name of ['usr/bin', 'usr/sbin', 'usr/local', 'etc/init.d', 'etc/debian_version']) {
    build.hide(name);
  }
  for (const name of ['usr/lib/systemd', 'etc/systemd', 'usr/lib/rc/init.d']) {
    if (existsSync(`/${name}`)) build.hide(name);
  }
  const upper = path.join(build.directory, 'disk/upper');
  files.directory('usr/bin');
  files.directory('usr/sbin');
  files.directory('usr/local/bin');
  copyProgram('/usr/bin/busybox', path.join(upper, 'usr/bin/busybox'));
  for (const name of realPrograms) {
    if (existsSync(`/usr/sbin/${name}`)) {
      copyProgram(`/usr/sbin/${name}`, path.join(upper, 'usr/sbin', name));
    }
  }
  copyProgram('/usr/bin/rc-status', path.join(upper, 'usr/bin/rc-status'));
  for (const name of busyboxApplets()) {
    if (!realPrograms.includes(name)) files.link(`usr/bin/${name}`, '/usr/bin/busybox');
  }
  // The shared layer's init is hidden with the rest of /usr/sbin.
  copyProgram(scriptFile('init.sh'), path.join(upper, 'usr/sbin/init'));
  files.program('usr/sbin/nologin', 'echo This account is not available', 'exit 1');
  files.write('etc/os-release', osRelease);
  files.write('etc/alpine-release', '3.20.3\n');
  ownClasses(build);
  unifiedCgroups(build);
  dmi(build, {
    sys_vendor: 'FriendlyElec',
    product_name: 'CM3588',
    product_serial: build.machineId.slice(0, 12),
    product_uuid: build.machineId,
  });
}

function copyProgram(from: string, to: string): void {
  copyFileSync(from, to);
  chmodSync(to, 0o755);
}
