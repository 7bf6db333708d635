import type { Evidence } from './evidence.ts';
import { failed, ok, type SectionParser } from './outcome.ts';
import { deviceTree } from './system.ts';

/** What hypervisors call themselves in DMI, as systemd's detect-virt names them. */
const vendors: readonly (readonly [RegExp, string])[] = [
  [/qemu|kvm|bochs|standard pc/i, 'kvm'],
  [/vmware/i, 'vmware'],
  [/innotek|virtualbox|oracle corporation/i, 'oracle'],
  [/microsoft corporation.*virtual machine/i, 'microsoft'],
  [/xen/i, 'xen'],
  [/amazon ec2/i, 'amazon'],
  [/google compute/i, 'google'],
  [/parallels/i, 'parallels'],
  [/bhyve/i, 'bhyve'],
  [/proxmox/i, 'kvm'],
];

export const parseVirtualization: SectionParser<'virtualization'> = (evidence) => {
  const told = evidence.part('virt');
  const word = told?.text.trim() ?? '';
  // It ends with 1 where it says `none`.
  if ((told?.end === 0 || told?.end === 1) && /^[a-z0-9-]+$/.test(word)) return ok({ kind: word });
  const kind = containerKind(evidence) ?? machineKind(evidence);
  return kind ? ok({ kind }) : failed('Nothing on the machine tells whether it is virtual.');
};

function containerKind(evidence: Evidence): string | null {
  const named = evidence.line('/run/systemd/container');
  if (named) return named;
  if (evidence.exists('/.dockerenv')) return 'docker';
  if (evidence.exists('/run/.containerenv')) return 'podman';
  // OpenVZ guests have the first without the second, which the host has.
  return evidence.exists('/proc/vz') && !evidence.exists('/proc/bc') ? 'openvz' : null;
}

function machineKind(evidence: Evidence): string | null {
  const names = ['sys_vendor', 'product_name', 'board_vendor', 'bios_vendor', 'chassis_vendor'];
  // No maker's name is longer than this.
  const told = names.map((name) => evidence.line(`/sys/class/dmi/id/${name}`)?.slice(0, 255) ?? '');
  const dmi = told.join(' ');
  const vendor = vendors.find(([pattern]) => pattern.test(dmi));
  if (vendor) return vendor[1];
  const hypervisor = evidence.line('/sys/hypervisor/type');
  if (hypervisor) return hypervisor;
  if (/dummy-virt|qemu/.test(deviceTree(evidence, 'compatible') ?? '')) return 'qemu';
  if (hasVirtio(evidence)) return 'vm-other';
  return dmi.trim() || deviceTree(evidence, 'model') ? 'none' : null;
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
