import type { KindName } from '../../../shared/model/kinds/index.ts';
import { kindWords, statusWords } from '../devices/device-words.ts';

/** Options that are no plain words, as their world writes them. */
const ownSpelling: Readonly<Record<string, string>> = {
  dhcp: 'DHCP',
  vrrp: 'VRRP',
  carp: 'CARP',
  metallb: 'MetalLB',
  k3s: 'K3s',
  postgresql: 'PostgreSQL',
  mariadb: 'MariaDB',
  sqlite: 'SQLite',
  zfs: 'ZFS',
  lvm: 'LVM',
  md: 'MD RAID',
  btrfs: 'Btrfs',
  cat5e: 'Cat 5e',
  cat6: 'Cat 6',
  cat6a: 'Cat 6A',
  cat8: 'Cat 8',
  dac: 'DAC',
  aoc: 'AOC',
  usb: 'USB',
  tcp: 'TCP',
  udp: 'UDP',
  etcd: 'etcd',
  'kube-vip': 'kube-vip',
  keepalived: 'keepalived',
  'fibre-multimode': 'Fibre, multimode',
  'fibre-singlemode': 'Fibre, single mode',
  '19': '19 inches',
  '10': '10 inches',
  '21': '21 inches',
  '23': '23 inches',
};

const deviceWords: Readonly<Record<string, { readonly label: string }>> = {
  ...kindWords,
  ...statusWords,
};

/** An option of a choice as a person reads it: `control-plane` is `Control plane`. */
export function optionLabel(option: string): string {
  const own = ownSpelling[option] ?? deviceWords[option]?.label;
  if (own !== undefined) return own;
  const words = option.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a kind is for, where there is none of it yet. */
export const kindHints: Readonly<Record<KindName, string>> = {
  site: 'A site is a house or an office in which racks stand.',
  room: 'A room says where in a site a rack stands.',
  rack: 'A rack holds devices, unit by unit. Start with its name and its height.',
  'device-type':
    'A device type is a model with its size and its ports; devices of that type start with them.',
  'port-template': 'A port template is a port that each device of a type begins with.',
  vlan: 'A VLAN keeps networks apart on the same cables: management, storage, ingress, internal.',
  prefix: 'A prefix is a range of addresses, 10.0.20.0/24 for example, and may lie in another one.',
  device: 'A device is whatever stands in a rack or is connected to it.',
  interface:
    'An interface is where a device meets the network. Addresses, VLANs and cables hang on it.',
  mac: 'A MAC address tells which interface a frame came from.',
  port: 'A port is where a cable ends that is no network interface: a patch panel, a console.',
  gpu: 'A GPU belongs to a device and has a memory of its own.',
  'vlan-membership': 'A VLAN membership says that an interface carries a VLAN, tagged or not.',
  address: 'An address lies on an interface; a virtual one is shared by several.',
  'address-holder': 'A holder is an interface that may take a virtual address over.',
  'ip-range': 'An address range is given out by DHCP, kept for a load balancer, or reserved.',
  'dhcp-reservation': 'A reservation gives one machine the same address each time.',
  cable: 'A cable joins two ends, or more where it is a breakout.',
  'cable-end': 'A cable end says where one side of a cable is plugged in.',
  'power-point':
    'A power point is a breaker, an outlet or an input. Links between them are the power tree.',
  'power-link': 'A power link says which outlet feeds which input.',
  cluster: 'A cluster is a group of machines that runs services together.',
  'cluster-member': 'A member is a device that belongs to a cluster, with its role in it.',
  service: 'A service is what runs on your machines: Gitea, PostgreSQL, an ingress.',
  'service-runs-on': 'It says on which device a service runs.',
  'service-port': 'It says at which port a service listens there.',
  'service-depends-on': 'It says that a service needs another one.',
  exposure: 'An exposure says from where a service can be reached, and by which name.',
  'ci-runner': 'A CI runner takes jobs from a forge and runs them on a device.',
  'storage-pool': 'A storage pool is what disks are put together to: ZFS, LVM, Ceph, Longhorn.',
  volume: 'A volume is a part of a pool or a disk that services keep their data on.',
  bucket: 'A bucket holds objects, served by S3 or the like.',
  database: 'A database is served by a service and lies on a volume.',
  'storage-use': 'It says which service keeps its data where.',
};
