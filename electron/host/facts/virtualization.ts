import { virtualizationOf } from './bsd.ts';
import { deviceTree } from './device-tree.ts';
import type { Evidence } from './evidence.ts';
import { failed, ok, type SectionParser } from './outcome.ts';

/** What hypervisors call themselves in DMI, as systemd's detect-virt names them. */
const vendors: readonly (readonly [RegExp, string])[] = [
  [/qemu|kvm|bochs|standard pc/i, 'kvm'],
  [/vmware/i, 'vmware'],
  // Oracle itself makes servers, too.
  [/innotek|virtualbox/i, 'oracle'],
  [/microsoft corporation.*virtual machine|hyper-v/i, 'microsoft'],
  [/\bxen\b|hvm domu/i, 'xen'],
  [/amazon ec2/i, 'amazon'],
  [/google compute/i, 'google'],
  [/parallels/i, 'parallels'],
  [/apple virtualization/i, 'apple'],
  [/bhyve/i, 'bhyve'],
  [
    /\bovmf\b|proxmox|openstack|ovirt|rhev|nutanix ahv|kubevirt|digitalocean|hetzner\s+vserver/i,
    'kvm',
  ],
];

/** Kinds that are no machine of their own: they share the kernel, and see the hardware, of another. */
const containers: ReadonlySet<string> = new Set([
  'container-other',
  'docker',
  'gvisor',
  'jail',
  'lxc',
  'lxc-libvirt',
  'openvz',
  'podman',
  'pouch',
  'proot',
  'rkt',
  'systemd-nspawn',
]);

export function isContainer(kind: string): boolean {
  return containers.has(kind);
}

export const parseVirtualization: SectionParser<'virtualization'> = (evidence) => {
  const word = toldByTool(evidence);
  if (word && word !== 'none') return ok({ kind: word });
  // It was not written for every kind; what stands in the files says more than its `none`.
  const kind = containerKind(evidence) ?? word ?? machineKind(evidence);
  return kind ? ok({ kind }) : failed('Nothing on the machine tells whether it is virtual.');
};

/** It ends with 1 where it says `none`. */
function toldByTool(evidence: Evidence): string | null {
  const told = evidence.part('virt');
  const word = told?.text.trim() ?? '';
  return (told?.end === 0 || told?.end === 1) && /^[a-z0-9-]{1,40}$/.test(word) ? word : null;
}

/** Null where nothing says that it is a container; also without systemd. */
export function containerKind(evidence: Evidence): string | null {
  const word = toldByTool(evidence);
  if (word && isContainer(word)) return word;
  const named = containerName(evidence.line('/run/systemd/container')) ?? ofInit(evidence);
  if (named) return named;
  if (evidence.exists('/run/.containerenv')) return 'podman';
  if (evidence.exists('/.dockerenv')) return 'docker';
  // OpenVZ guests have the first without the second, which the host has.
  if (evidence.exists('/proc/vz') && !evidence.exists('/proc/bc')) return 'openvz';
  if (virtualizationOf(evidence) === 'jail') return 'jail';
  return ofMounts(evidence) ?? ofCgroup(evidence) ?? ofKernel(evidence);
}

/** `container=` in the environment of init, which only root may read. */
function ofInit(evidence: Evidence): string | null {
  const line = evidence
    .part('init')
    ?.text.split('\n')
    .find((text) => text.startsWith('container='));
  return containerName(line?.slice('container='.length) ?? null);
}

/** What follows may be glued to it: the shell that read it drops the NUL in between. */
function containerName(text: string | null): string | null {
  const [, name] =
    /^(lxc-libvirt|lxc|systemd-nspawn|docker|podman|openvz|rkt|wsl|proot|pouch|oci)/.exec(
      text ?? '',
    ) ?? [];
  if (name === 'oci') return 'container-other';
  return name ?? (text ? 'container-other' : null);
}

/** lxcfs stands in for files of /proc inside a container; outside it is mounted elsewhere. */
function ofMounts(evidence: Evidence): string | null {
  for (const line of evidence.lines('/proc/mounts') ?? []) {
    const [source, at = '', type] = line.split(' ', 3);
    if ((type === 'fuse.lxcfs' || source === 'lxcfs') && /^\/(proc|sys)\//.test(at)) return 'lxc';
    // The mark of gVisor's file server, and of WSL's.
    if (at === '/' && type === '9p' && source === 'none') return 'gvisor';
  }
  return null;
}

/** The group of init: of version 1 only, since a namespace hides it in version 2. */
function ofCgroup(evidence: Evidence): string | null {
  const paths = (evidence.lines('/proc/1/cgroup') ?? []).map((line) => line.slice(0, 500));
  if (paths.some((line) => /:\/(system\.slice\/)?docker[/-]/.test(line))) return 'docker';
  if (paths.some((line) => /:\/(machine\.slice\/)?libpod[_-]/.test(line))) return 'podman';
  if (paths.some((line) => /:\/(\.lxc\b|lxc(\.payload)?[./]|lxc\/)/.test(line))) return 'lxc';
  if (paths.some((line) => /:\/machine\.slice\/(machine-|systemd-nspawn)/.test(line))) {
    return 'systemd-nspawn';
  }
  return paths.some((line) => /kubepods/.test(line)) ? 'container-other' : null;
}

function ofKernel(evidence: Evidence): string | null {
  const release = evidence.line('/proc/sys/kernel/osrelease') ?? '';
  if (/microsoft/i.test(release)) return 'wsl';
  return /-gvisor\b/i.test(release) ? 'gvisor' : null;
}

function machineKind(evidence: Evidence): string | null {
  const ofSystem = virtualizationOf(evidence);
  if (ofSystem) return ofSystem;
  const names = ['sys_vendor', 'product_name', 'board_vendor', 'bios_vendor', 'chassis_vendor'];
  // No maker's name is longer than this.
  const told = names.map((name) => evidence.line(`/sys/class/dmi/id/${name}`)?.slice(0, 255) ?? '');
  const dmi = told.join(' ');
  // A whole machine, rented.
  if (/amazon ec2/i.test(dmi) && /\.metal\b|\bmetal-/.test(dmi)) return 'none';
  const vendor = vendors.find(([pattern]) => pattern.test(dmi));
  if (vendor) return vendor[1];
  if (
    evidence.lines('/proc/cpuinfo')?.some((line) => /^vendor_id\s*: User Mode Linux/.test(line))
  ) {
    return 'uml';
  }
  const hypervisor = hypervisorOf(evidence);
  if (hypervisor) return hypervisor;
  if (/dummy-virt|qemu/.test(deviceTree(evidence, 'compatible') ?? '')) return 'qemu';
  if (hasVirtio(evidence) || evidence.part('hypervisor')?.text.includes('hypervisor')) {
    return 'vm-other';
  }
  return dmi.trim() || deviceTree(evidence, 'model') ? 'none' : null;
}

/** Of Xen the first domain is the machine itself. */
function hypervisorOf(evidence: Evidence): string | null {
  const xen =
    evidence.line('/sys/hypervisor/type') ?? (evidence.exists('/proc/xen') ? 'xen' : null);
  if (xen === 'xen') return isFirstDomain(evidence) ? 'none' : 'xen';
  if (xen) return xen;
  const tree = deviceTree(evidence, 'hypervisor/compatible') ?? '';
  if (tree.includes('kvm')) return 'kvm';
  if (tree.includes('xen')) return 'xen';
  if (tree.includes('vmware')) return 'vmware';
  return ofMainframe(evidence);
}

function isFirstDomain(evidence: Evidence): boolean {
  if (/control_d/.test(evidence.line('/proc/xen/capabilities') ?? '')) return true;
  const features = evidence.line('/sys/hypervisor/properties/features');
  return (Number.parseInt(features ?? '0', 16) & 0x800) !== 0;
}

/** s390x: a partition is told to be none, what runs in one by its control program. */
function ofMainframe(evidence: Evidence): string | null {
  const program = (evidence.lines('/proc/sysinfo') ?? []).find((line) =>
    /^VM\d\d Control Program:/.test(line),
  );
  if (program === undefined) return evidence.lines('/proc/sysinfo') ? 'none' : null;
  return /kvm/i.test(program) ? 'kvm' : 'zvm';
}

function hasVirtio(evidence: Evidence): boolean {
  const vendorOf = (path: string): boolean => evidence.line(path) === '0x1af4';
  if (evidence.paths.some((path) => path.startsWith('/sys/bus/pci/') && vendorOf(path)))
    return true;
  return evidence.paths.some((path) => {
    const [, name] = /^\/sys\/class\/net\/([^/]+)\/address$/.exec(path) ?? [];
    return (
      name !== undefined && /\/virtio\d+\//.test(evidence.link(`/sys/class/net/${name}`) ?? '')
    );
  });
}
