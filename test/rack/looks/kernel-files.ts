import type { NodeBuild } from './look.ts';

const controllers = ['cpuset', 'cpu', 'io', 'memory', 'pids'] as const;
/** Names in /proc/cgroups differ from those of the unified hierarchy. */
const oldNames: Readonly<Record<(typeof controllers)[number], string>> = {
  cpuset: 'cpuset',
  cpu: 'cpu',
  io: 'blkio',
  memory: 'memory',
  pids: 'pids',
};

/**
 * The unified hierarchy as a recent system mounts it, with the memory controller where `$memory` of
 * boot.sh says `memory`, without it where it says `none`.
 */
export function unifiedCgroups(build: NodeBuild): void {
  for (const memory of ['memory', 'none']) {
    const present = controllers.filter((name) => name !== 'memory' || memory === 'memory');
    const table = controllers.map(
      (name) => `${oldNames[name]}\t0\t64\t${present.includes(name) ? 1 : 0}`,
    );
    const head = '#subsys_name\thierarchy\tnum_cgroups\tenabled';
    build.provide(`cgroups-${memory}`, `${[head, ...table].join('\n')}\n`);
    build.provide(`controllers-${memory}`, `${present.join(' ')}\n`);
  }
  build.atBoot(
    '[ ! -e "$root/proc/cgroups" ] || mount --bind "$look/cgroups-$memory" "$root/proc/cgroups"',
    'mount -t cgroup2 -o ro,nosuid,nodev,noexec cgroup2 "$root/sys/fs/cgroup" 2>/dev/null ||',
    '  mount -t tmpfs -o mode=755,size=16k cgroup "$root/sys/fs/cgroup"',
    '[ -e "$root/sys/fs/cgroup/cgroup.controllers" ] || : >"$root/sys/fs/cgroup/cgroup.controllers"',
  );
  build.atBoot('mount --bind "$look/controllers-$memory" "$root/sys/fs/cgroup/cgroup.controllers"');
}

const keptClasses = ['net', 'block', 'thermal', 'hwmon', 'tty', 'mem', 'misc', 'bdi'];

/**
 * Neither /sys/class nor /sys/firmware can be added to, so a tmpfs takes their place: the classes
 * that tools read come through, the rest is what this machine is to have.
 */
export function ownClasses(build: NodeBuild): void {
  build.atBoot(
    'mkdir -p "$dir/classes"',
    'mount --bind "$root/sys/class" "$dir/classes"',
    'mount -t tmpfs -o mode=755,size=64k class "$root/sys/class"',
    `for class in ${keptClasses.join(' ')}; do`,
    '  [ -d "$dir/classes/$class" ] || continue',
    '  mkdir "$root/sys/class/$class"',
    '  mount --bind "$dir/classes/$class" "$root/sys/class/$class"',
    'done',
    'umount "$dir/classes"',
    'mount -t tmpfs -o mode=755,size=64k firmware "$root/sys/firmware"',
  );
}

/** What the firmware of a PC tells of it, as /sys/class/dmi/id shows it. */
export function dmi(build: NodeBuild, fields: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(fields)) {
    build.provide(`dmi/${name}`, `${value}\n`);
  }
  build.atBoot(
    'mkdir -p "$root/sys/class/dmi/id"',
    'cp "$look"/dmi/* "$root/sys/class/dmi/id/"',
    'chmod 400 "$root"/sys/class/dmi/id/*serial "$root"/sys/class/dmi/id/*uuid',
  );
}
