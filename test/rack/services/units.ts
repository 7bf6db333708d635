import { readFileSync } from 'node:fs';
import type { NodeBuild } from '../looks/index.ts';
import { scriptText } from '../scripts.ts';
import { systemctlFile } from '../unpacked-packages.ts';

/** Where OpenRC keeps what it knows of services; its own boot would make these. */
const openrcStates =
  'daemons exclusive failed hotplugged inactive options scheduled started starting stopping tmp wasinactive';

/** OpenRC without having booted by it: it believes so when the file `softlevel` is there. */
export function offerOpenrc({ files }: NodeBuild): void {
  files.write('etc/rc.conf', 'rc_sys=""\nrc_logger="NO"\nrc_provide="net loopback"\n');
  files.directory('etc/init.d');
  files.directory('etc/conf.d');
  files.directory('etc/runlevels/default');
  files.directory('etc/runlevels/sysinit');
  files.directory('etc/runlevels/boot');
  // busybox's shell prefers its own start-stop-daemon, which lacks options that OpenRC uses.
  const script = readFileSync('/usr/lib/rc/sh/start-stop-daemon.sh', 'utf8');
  const exact = script.replaceAll(
    /(\s)start-stop-daemon (?=--)/g,
    '$1/usr/sbin/start-stop-daemon ',
  );
  files.write('usr/lib/rc/sh/start-stop-daemon.sh', exact);
  files.startStep(
    '40-openrc',
    `for name in ${openrcStates}; do mkdir -p "/run/openrc/$name"; done`,
    'echo default >/run/openrc/softlevel',
  );
}

/**
 * Units are run by Debian's replacement, behind scripts/systemctl.sh; only the node's own unit files
 * are there to run.
 */
export function offerSystemctl({ files }: NodeBuild): void {
  files.write('usr/lib/rack/systemctl', readFileSync(systemctlFile()), { mode: 0o755 });
  for (const name of ['ssh', 'sshd'])
    files.write(`usr/lib/rack/units/${name}`, scriptText('unit-ssh.sh'), { mode: 0o755 });
  files.directory('etc/systemd/system/multi-user.target.wants');
  files.startStep('40-systemctl', 'mkdir -p /var/log/journal /run/systemd/system');
}

/** What these do by way of services of systemd elsewhere, done to the node's own files. */
export function offerSystemdTools({ files }: NodeBuild): void {
  for (const name of ['hostnamectl', 'timedatectl'])
    files.write(`usr/bin/${name}`, scriptText(`${name}.sh`), { mode: 0o755 });
  files.directory('var/lib/systemd/timesync');
  files.write('var/lib/systemd/timesync/clock', '');
  // As systemd-timesyncd says that it has found the time.
  const lines = ['mkdir -p /run/systemd/timesync', 'touch /run/systemd/timesync/synchronized'];
  files.startStep('20-time', '[ ! -e /var/lib/systemd/timesync/clock ] || {', ...lines, '}');
}
