import type { MachineCheck } from '../context.ts';
import type { Preflight } from '../read.ts';
import { byPhase, bySteps, fail, notApplicable, pass, unknown, untold, warn } from '../verdicts.ts';

const group = 'Kernel';

export const memoryCgroup: MachineCheck = {
  id: 'onboarding.memory-cgroup',
  group,
  title: 'Memory cgroup',
  why: 'Without the memory controller K3s refuses to start; the firmware of a Raspberry Pi leaves it off.',
  rule(machine) {
    const shown = machine.showsFiles(
      '/sys/fs/cgroup/cgroup.controllers',
      '/proc/cgroups',
      '/proc/cmdline',
    );
    const cgroup = machine.fact('cgroup');
    if (!cgroup) return untold(machine, 'cgroup', shown);
    if (cgroup.memoryController) return pass(`In effect (cgroup ${cgroup.version}).`, shown);
    const commandLines = ['/boot/firmware/cmdline.txt', '/boot/cmdline.txt'];
    if (commandLines.some((path) => machine.lines(path) !== undefined)) {
      const fix = byPhase('memory-cgroup', 'Switch the memory cgroup on and restart');
      return fail(
        `Off (cgroup ${cgroup.version}).`,
        [...shown, ...machine.showsFiles(...commandLines)],
        fix,
      );
    }
    const fix = bySteps(
      'Add cgroup_enable=memory to the kernel’s command line (GRUB_CMDLINE_LINUX in /etc/default/grub, then update-grub).',
      'Restart the machine.',
    );
    return fail(`Off (cgroup ${cgroup.version}).`, shown, fix);
  },
};

export const swap: MachineCheck = {
  id: 'onboarding.swap',
  group,
  title: 'Swap',
  why: 'The kubelet counts memory without swap: what is swapped out answers late and is not ended in time.',
  rule(machine) {
    // Of fstab no other line: those of network shares may hold passwords.
    const shown = [
      ...machine.showsFiles('/proc/swaps'),
      ...machine.shows('files', /^\/etc\/fstab:[^#]*\sswap\s/),
    ];
    const lines = machine.lines('/proc/swaps');
    const memory = machine.fact('memory');
    const total = memory?.swapTotalBytes ?? null;
    const used = (lines ?? [])
      .slice(1)
      .map((line) => line.split(/\s+/)[0] ?? '')
      .filter(Boolean);
    if (used.length === 0 && total === 0) return pass('None is in use.', shown);
    if (used.length === 0 && total === null) return untold(machine, 'memory', shown);
    if (used.length > 0 && used.every((name) => /^\/dev\/zram\d+$/.test(name))) {
      return warn(
        'Only compressed memory (zram) is in use; no disk is written.',
        shown,
        byPhase('swap', 'Switch swap off'),
      );
    }
    const names = used.length > 0 ? used.join(', ') : 'it stands in /proc/meminfo';
    return warn(`Swap is in use: ${names}.`, shown, byPhase('swap', 'Switch swap off'));
  },
};

const needed = ['br_netfilter', 'overlay', 'vxlan'] as const;

export const kernelModules: MachineCheck = {
  id: 'onboarding.kernel-modules',
  group,
  title: 'Kernel modules',
  why: 'The network of the cluster and its containers stand on br_netfilter, overlay and vxlan.',
  rule: (machine) => needed.map((name) => ({ ...ofModule(machine, name), part: name })),
};

function ofModule(machine: Preflight, name: string) {
  const file = new RegExp(`/${name}\\.ko`);
  const shown = [
    ...machine.showsThere(`/sys/module/${name}`),
    ...machine.shows('module-files', file),
    ...machine.shows(`modprobe:${name}`),
  ];
  const loaded = machine.lines('/proc/modules')?.some((line) => line.startsWith(`${name} `));
  if (machine.exists(`/sys/module/${name}`) || loaded)
    return pass('It is loaded, or built in.', shown);
  // It has these settings only while it is there.
  if (name === 'br_netfilter' && machine.line('/proc/sys/net/bridge/bridge-nf-call-iptables')) {
    return pass(
      'It is at work.',
      machine.showsFiles('/proc/sys/net/bridge/bridge-nf-call-iptables'),
    );
  }
  const inUse = machine.lines('/proc/filesystems')?.some((line) => line.trim().endsWith(name));
  if (inUse)
    return pass('The kernel knows it.', [
      ...shown,
      ...machine.shows('files', new RegExp(`^/proc/filesystems:.*${name}`)),
    ]);
  const tried = machine.part(`modprobe:${name}`);
  const load = byPhase('kernel-modules', 'Load it now and at each start', { modules: [name] });
  if (tried?.end === 0) return pass('It can be loaded; K3s does so itself.', shown);
  const files = machine.part('module-files');
  const there = files !== undefined && file.test(files.text);
  // busybox knows no dry run.
  if (there && (!tried || /nvalid option|nrecognized option|sage:/.test(tried.text)))
    return pass('Its file is there, so that it can be loaded.', shown);
  if (there) return fail('Its file is there, and loading it is forbidden or fails.', shown, load);
  if (files && files.end !== 0 && files.end !== 1)
    return unknown('The files of the kernel could not be read.', shown);
  if (files) return fail('This kernel has no such module.', shown, missingModule(machine, name));
  return unknown(
    'The folder of this kernel’s modules is not there: it may be built in, or a restart is due.',
    shown,
    bySteps('Restart the machine, then check again.'),
  );
}

function missingModule(machine: Preflight, name: string) {
  const os = machine.fact('os');
  const install = (packageName: string) =>
    byPhase('packages', `Install ${packageName}`, { packages: [packageName] });
  const release = machine.fact('kernel')?.release ?? '';
  if (os?.id === 'ubuntu' && /raspi/.test(release)) return install('linux-modules-extra-raspi');
  if (isRedHat(os?.id)) return install('kernel-modules-extra');
  return bySteps(`Install a kernel that has ${name}.`);
}

export const isRedHat = (id: string | undefined) =>
  id !== undefined && /^(rhel|centos|rocky|almalinux|ol|fedora|eurolinux)$/.test(id);

/** What K3s and kubelet want, and what many containers at once use up. */
const wanted: readonly {
  readonly key: string;
  readonly holds: (value: number) => boolean;
  readonly set: string;
  readonly need: 'must' | 'should';
}[] = [
  { key: 'net.ipv4.ip_forward', holds: (value) => value === 1, set: '1', need: 'must' },
  {
    key: 'net.bridge.bridge-nf-call-iptables',
    holds: (value) => value === 1,
    set: '1',
    need: 'must',
  },
  {
    key: 'kernel.keys.root_maxkeys',
    holds: (value) => value > 10_000,
    set: '1000000',
    need: 'should',
  },
  {
    key: 'kernel.keys.root_maxbytes',
    holds: (value) => value >= 250_000,
    set: '25000000',
    need: 'should',
  },
  {
    key: 'fs.inotify.max_user_instances',
    holds: (value) => value >= 512,
    set: '8192',
    need: 'should',
  },
  {
    key: 'fs.inotify.max_user_watches',
    holds: (value) => value >= 65_536,
    set: '524288',
    need: 'should',
  },
];

export const sysctls: MachineCheck = {
  id: 'onboarding.sysctl',
  group,
  title: 'Kernel settings',
  why: 'Without forwarding no packet reaches a pod; too few keys or watches stop containers from starting.',
  rule: (machine) =>
    wanted.map(({ key, holds, set, need }) => {
      const path = `/proc/sys/${key.replaceAll('.', '/')}`;
      const text = machine.line(path);
      const shown = machine.showsFiles(path);
      const fix = byPhase('sysctl', `Set ${key} to ${set}`, { values: { [key]: set } });
      const verdict =
        text === null || !/^-?\d+$/.test(text)
          ? key.startsWith('net.bridge.') && machine.told
            ? notApplicable(
                'It comes with br_netfilter, which is not loaded yet; K3s sets it then.',
                shown,
              )
            : unknown(`${key} was not told.`, shown)
          : holds(Number(text))
            ? pass(`${key} = ${text}.`, shown)
            : need === 'must'
              ? fail(`${key} = ${text}; it has to be ${set}.`, shown, fix)
              : warn(`${key} = ${text} is little for many containers.`, shown, fix);
      return { ...verdict, part: key };
    }),
};
