import type { NodeBuild } from '../looks/index.ts';
import { addressOf } from '../networks.ts';
import { mountCgroups } from './cgroups.ts';
import { modelPort } from './web.ts';

/** A real Docker Engine with its own socket and data, and a container that answers like a model. */
export function serveDocker(build: NodeBuild): void {
  const { files, slot, spec } = build;
  mountCgroups(build);
  build.atBoot(
    // Layers of containers cannot lie on the node's own layers, but on the disk below them.
    'mkdir -p "$dir/disk/docker" "$root/var/lib/docker"',
    'mount --bind "$dir/disk/docker" "$root/var/lib/docker"',
  );
  const config = {
    hosts: ['unix:///var/run/docker.sock'],
    'data-root': '/var/lib/docker',
    'exec-root': '/run/docker',
    'storage-driver': 'overlay2',
    'exec-opts': ['native.cgroupdriver=cgroupfs'],
    ipv6: false,
    'live-restore': false,
  };
  files.write('etc/docker/daemon.json', `${JSON.stringify(config, null, 2)}\n`);
  const storage = spec.legs.find((leg) => leg.network === 'storage');
  const addresses = [storage && addressOf(slot, 'storage', storage.host).ipv4, '127.0.0.1'];
  const publish = addresses.filter(Boolean).map((ip) => `-p ${ip}:${modelPort}:80`);
  files.write('etc/rack/model-ports', `${publish.join(' ')}\n`);
  files.startScript('70-docker', 'docker.sh');
}
