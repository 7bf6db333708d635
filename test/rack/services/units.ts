import { readFileSync } from 'node:fs';
import type { NodeBuild } from '../looks/index.ts';
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
  files.directory('etc/systemd/system/multi-user.target.wants');
  files.startStep('40-systemctl', 'mkdir -p /var/log/journal /run/systemd/system');
}
