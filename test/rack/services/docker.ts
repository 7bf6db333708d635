import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { NodeBuild } from '../looks/index.ts';
import { addressOf } from '../networks.ts';
import type { RackState } from '../state.ts';
import { modelPort } from './web.ts';

const cgroupRoot = '/sys/fs/cgroup';

/** The hierarchies of this computer: one on a recent system, one per controller on an older one. */
function hierarchies(): readonly string[] {
  if (existsSync(path.join(cgroupRoot, 'cgroup.controllers'))) return [cgroupRoot];
  return readdirSync(cgroupRoot)
    .map((name) => path.join(cgroupRoot, name))
    .filter((place) => existsSync(path.join(place, 'cgroup.procs')));
}

/**
 * A group of its own in each hierarchy for the machine that runs containers; the node sees it as the
 * root. Returns the `cgroup.procs` files that its first process must write itself to.
 */
export function makeCgroups(state: RackState, node: string): readonly string[] {
  return hierarchies().map((place) => {
    const directory = path.join(place, `rackhelm-${state.id}`);
    const own = path.join(directory, node);
    if (!existsSync(own)) {
      state.record({ kind: 'cgroup', path: directory });
      mkdirSync(own, { recursive: true });
      inheritCpuset(directory);
      inheritCpuset(own);
      passControllersOn(directory);
    }
    return path.join(own, 'cgroup.procs');
  });
}

/** A new group of the old cpuset controller has no processors, and takes no process until it has. */
function inheritCpuset(directory: string): void {
  for (const name of ['cpuset.cpus', 'cpuset.mems']) {
    const file = path.join(directory, name);
    const above = path.join(path.dirname(directory), name);
    if (existsSync(file) && existsSync(above)) writeFileSync(file, readFileSync(above));
  }
}

/** In the unified hierarchy each group says which controllers the groups below it have. */
function passControllersOn(directory: string): void {
  const switches = path.join(directory, 'cgroup.subtree_control');
  if (!existsSync(switches)) return;
  const present = readFileSync(path.join(directory, 'cgroup.controllers'), 'utf8').trim();
  if (present === '') return;
  writeFileSync(
    switches,
    present
      .split(' ')
      .map((name) => `+${name}`)
      .join(' '),
  );
}

const mountHierarchies = [
  'if [ -e /sys/fs/cgroup/cgroup.controllers ]; then',
  '  mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"',
  'else',
  '  mount -t tmpfs -o mode=755,size=64k cgroup "$root/sys/fs/cgroup"',
  '  for place in /sys/fs/cgroup/*/; do',
  '    name=$(basename "$place")',
  '    [ -e "$place/cgroup.procs" ] || continue',
  '    mkdir "$root/sys/fs/cgroup/$name"',
  '    case $name in',
  '      unified) mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup/$name" ;;',
  '      systemd) mount -t cgroup -o none,name=systemd cgroup "$root/sys/fs/cgroup/$name" ;;',
  '      *) mount -t cgroup -o "$name" cgroup "$root/sys/fs/cgroup/$name" ;;',
  '    esac',
  '  done',
  'fi',
];

/** A real Docker Engine with its own socket and data, and a container that answers like a model. */
export function serveDocker(build: NodeBuild): void {
  const { files, slot, spec } = build;
  build.atBoot(
    ...mountHierarchies,
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
