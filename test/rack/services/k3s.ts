import path from 'node:path';
import type { NodeBuild } from '../looks/index.ts';
import { scriptText } from '../scripts.ts';
import { mountCgroups } from './cgroups.ts';
import { offerPrograms } from './kubelet.ts';

/** Where nodes have what the stand-in of K3s is made of. */
const place = '/opt/k3s-standin';
/** Runs units of K3s as systemd would. */
const manager = 'usr/lib/rack/service-manager';
const checkout = path.resolve(import.meta.dirname, '../../..');

/**
 * A machine on which K3s can be installed. What its stand-in (test/k3s) is made of lies outside of all that
 * K3s has, and units of K3s are run as systemd would.
 */
export function offerK3s(build: NodeBuild): void {
  const { files, spec } = build;
  mountCgroups(build);
  offerPrograms(build);
  build.atBoot(
    ...['test', 'node_modules'].flatMap((name) => [
      `mkdir -p "$root${place}/${name}"`,
      `mount --bind -o ro "${checkout}/${name}" "$root${place}/${name}"`,
    ]),
  );
  files.write('usr/lib/rack/image-of-busybox.sh', scriptText('image-of-busybox.sh'), {
    mode: 0o755,
  });
  const isSystemd = spec.services.includes('systemctl');
  if (isSystemd) offerUnits(build);
  files.startStep(
    '85-k3s',
    '. /usr/lib/rack/cgroups.sh',
    // As systemd has it: pods see what is mounted later.
    'mount --make-rshared /',
    'ip link set lo up',
    isSystemd ? `/${manager}/systemctl.py boot` : 'true',
  );
}

function offerUnits({ files }: NodeBuild): void {
  for (const name of ['units', 'keeper', 'systemctl', 'journalctl'])
    files.write(`${manager}/${name}.py`, scriptText(`service-manager/${name}.py`), { mode: 0o755 });
  files.link('usr/bin/journalctl', `/${manager}/journalctl.py`);
  files.directory('etc/systemd/system/multi-user.target.wants');
}
