import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { NodeBuild } from '../looks/index.ts';
import type { NodeSpec } from '../node-spec.ts';
import { scriptText } from '../scripts.ts';
import type { RackState } from '../state.ts';

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

/** Whether the machine runs containers, for which it has cgroups of its own. */
export function runsContainers({ services }: Pick<NodeSpec, 'services'>): boolean {
  return ['docker', 'k3s', 'kubelet'].some((name) => services.some((one) => one === name));
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

/** They lie where every machine has them; scripts of the node source `cgroups.sh` before they use them. */
export function mountCgroups(build: NodeBuild): void {
  build.files.write('usr/lib/rack/cgroups.sh', scriptText('cgroups.sh'));
  build.atBoot(...mountHierarchies);
}
