import type { ObservedInterface } from '../../../../shared/model/facts.ts';

/**
 * What a MAC is worth. `hardware`: burnt into a card. `assigned`: given to a virtual machine by its
 * hypervisor, which keeps it. `removable`: burnt into an adapter that goes from machine to machine.
 * `local`: made up, perhaps anew at each start. Null: it names no machine.
 */
export type MacGrade = 'hardware' | 'assigned' | 'removable' | 'local';

/** Of protocols, engines and interfaces that come and go; each begins many MACs on many machines. */
const nobodys = [
  '00:00:5e:00:01:', // VRRP and CARP (RFC 5798)
  '00:00:5e:00:02:', // VRRP for IPv6
  '00:00:0c:07:ac:', // HSRP
  '00:00:0c:9f:f', // HSRP version 2
  '00:05:73:a0:0', // HSRP for IPv6
  '00:07:b4:00:', // GLBP
  '02:42:', // Docker: the rest is made of the container's address
  '42:01:0a:', // Google Compute Engine: likewise
  'fe:ff:ff:ff:ff:ff', // Xen's end of a virtual cable
  '33:33:',
  'ff:ff:ff:ff:ff:ff',
];

/** The same on each copy of a cheap adapter, a board without its own, or an example. */
const constants = new Set([
  '00:e0:4c:53:44:58', // adapters with a DM9601 or SR9700
  '00:e0:4c:36:00:00',
  '00:e0:4c:68:00:00',
  '00:e0:4c:68:00:01',
  '00:e0:4c:00:00:01',
  '00:13:3b:00:00:01',
  '00:90:4c:11:22:33', // Broadcom without its settings
  '00:90:4c:c5:12:38',
  '88:88:88:88:87:88', // Intel without its settings
  '00:a0:c9:00:00:00',
  '00:1b:21:00:00:00',
  '00:0c:43:28:80:00', // Ralink without its settings
  '36:c9:e3:f1:b8:05', // Allwinner without its settings
  '00:11:22:33:44:55',
  '00:12:34:56:78:90',
  '00:12:34:56:78:9a',
  '12:34:56:78:9a:bc',
  '00:01:02:03:04:05',
  '01:02:03:04:05:06',
  '02:01:02:03:04:05',
  '02:00:00:00:00:00',
  '00:00:00:00:00:01',
  '00:de:ad:be:ef:00',
  'de:ad:be:ef:00:01',
  'de:ad:be:ef:ca:fe',
  'aa:bb:cc:dd:ee:ff',
]);

/** Prefixes that hypervisors give MACs from; some are locally administered, and kept none the less. */
const hypervisors = [
  '52:54:00', // QEMU, libvirt
  '00:16:3e', // Xen, LXC
  'bc:24:11', // Proxmox
  '00:0c:29', // VMware
  '00:50:56',
  '00:05:69',
  '00:1c:14',
  '00:15:5d', // Hyper-V
  '00:03:ff',
  '08:00:27', // VirtualBox
  '0a:00:27',
  '00:1c:42', // Parallels
  '58:9c:fc', // bhyve
  '00:a0:98',
  '00:21:f6', // Oracle VM
  '00:0f:4b',
];

const shape = /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/;

/** By its value alone, as far as that tells; `mac` in any case of letters. */
export function macGrade(mac: string): MacGrade | null {
  const text = mac.toLowerCase();
  if (!shape.test(text) || constants.has(text)) return null;
  if (nobodys.some((prefix) => text.startsWith(prefix))) return null;
  // A number without its last half, or one digit all through, was never given to one card.
  if (/:(00:00:00|ff:ff:ff)$/.test(text) || new Set(text.replaceAll(':', '')).size === 1)
    return null;
  const first = Number.parseInt(text.slice(0, 2), 16);
  // Group addresses never belong to a card.
  if ((first & 1) === 1) return null;
  if (hypervisors.includes(text.slice(0, 8))) return 'assigned';
  return (first & 2) === 2 ? 'local' : 'hardware';
}

/** `enx` and the MAC is how systemd names what hangs on USB; the others are names of modems. */
const removableNames = /^(enx[0-9a-f]{12}|usb\d|ue\d|wwan|wwx|ww[ps]\d|lte|cdc)/;

/** With what is known of the interface. */
export function gradeOnLink(link: ObservedInterface, mac: string): MacGrade | null {
  const grade = macGrade(mac);
  if (grade === null) return null;
  if (link.kind === 'veth' || link.kind === 'macvlan')
    return grade === 'hardware' ? 'local' : grade;
  return grade === 'hardware' && removableNames.test(link.name) ? 'removable' : grade;
}
