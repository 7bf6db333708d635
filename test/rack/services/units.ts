import type { NodeBuild } from '../looks/index.ts';

/** OpenRC without having booted by it: it believes so when this file is there. */
export function offerOpenrc({ files }: NodeBuild): void {
  files.write('etc/rc.conf', 'rc_sys=""\nrc_logger="NO"\nrc_provide="net loopback"\n');
  files.directory('etc/init.d');
  files.directory('etc/conf.d');
  files.directory('etc/runlevels/default');
  files.directory('etc/runlevels/sysinit');
  files.directory('etc/runlevels/boot');
  files.startStep('40-openrc', 'mkdir -p /run/openrc', ': >/run/openrc/softlevel');
}

/** Units are run by Debian's replacement; only the node's own unit files are there to run. */
export function offerSystemctl({ files }: NodeBuild): void {
  files.directory('etc/systemd/system/multi-user.target.wants');
  files.startStep('40-systemctl', 'mkdir -p /var/log/journal /run/systemd/system');
}
