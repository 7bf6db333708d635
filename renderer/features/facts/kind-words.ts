/**
 * Words for the codes that machines and their tools use. A code that no table knows is still told in
 * letters a person reads: `ip6_vti` as "ip6 vti".
 */
type Words = Readonly<Record<string, string>>;

function wordsFor(table: Words): (code: string) => string {
  return (code) => table[code] ?? code.replaceAll(/[_-]+/g, ' ').trim();
}

/** What kernels and their tools write where they know nothing. */
const nothing = /^(\[.*\]|n\/?a|not (supported|available|specified)|unknown( error)?|null|-+)$/i;

/** Null for text that only says that there is none. */
export function told(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' || nothing.test(trimmed) ? null : trimmed;
}

/** Kinds of interfaces, as `ip -d` and the BSDs name them. */
export const interfaceKind = wordsFor({
  ethernet: 'Ethernet',
  loopback: 'loopback',
  vlan: 'VLAN',
  bridge: 'bridge',
  bond: 'bond',
  team: 'team',
  veth: 'virtual pair',
  wireguard: 'WireGuard',
  tun: 'tunnel',
  tap: 'tunnel',
  wireless: 'Wi-Fi',
  wlan: 'Wi-Fi',
  wifi: 'Wi-Fi',
  wwan: 'mobile network',
  infiniband: 'InfiniBand',
  ipoib: 'IP over InfiniBand',
  macvlan: 'MAC VLAN',
  macvtap: 'MAC VLAN',
  ipvlan: 'IP VLAN',
  vxlan: 'VXLAN',
  geneve: 'Geneve',
  gre: 'GRE tunnel',
  gretap: 'GRE tunnel',
  ip6gre: 'GRE tunnel',
  ipip: 'IP tunnel',
  sit: 'IPv6 tunnel',
  ip6tnl: 'IPv6 tunnel',
  vti: 'IPsec tunnel',
  xfrm: 'IPsec tunnel',
  ppp: 'PPP',
  dummy: 'dummy',
  ifb: 'traffic shaper',
  vrf: 'VRF',
  dsa: 'switch port',
  openvswitch: 'Open vSwitch',
  can: 'CAN bus',
  usb: 'USB network',
  thunderbolt: 'Thunderbolt',
  lagg: 'bond',
  other: 'other',
});

/** RFC 2863 and what `ip` makes of it. */
export const linkState = wordsFor({
  up: 'up',
  down: 'down',
  lowerlayerdown: 'down, as what it stands on',
  dormant: 'waits',
  testing: 'testing',
  notpresent: 'not there',
  unknown: 'not told',
});

/** As systemd-detect-virt names them; `none` is a machine of its own. */
export const virtualization = wordsFor({
  none: 'none, it is a physical machine',
  kvm: 'KVM virtual machine',
  qemu: 'QEMU virtual machine',
  vmware: 'VMware virtual machine',
  oracle: 'VirtualBox virtual machine',
  microsoft: 'Hyper-V virtual machine',
  xen: 'Xen virtual machine',
  amazon: 'virtual machine at Amazon',
  google: 'virtual machine at Google',
  parallels: 'Parallels virtual machine',
  bhyve: 'bhyve virtual machine',
  apple: 'virtual machine on a Mac',
  zvm: 'z/VM virtual machine',
  powervm: 'PowerVM partition',
  uml: 'User Mode Linux',
  'vm-other': 'virtual machine',
  docker: 'Docker container',
  podman: 'Podman container',
  lxc: 'LXC container',
  'lxc-libvirt': 'LXC container',
  'systemd-nspawn': 'systemd container',
  openvz: 'OpenVZ container',
  wsl: 'Windows Subsystem for Linux',
  proot: 'proot environment',
  rkt: 'rkt container',
  jail: 'FreeBSD jail',
  'container-other': 'container',
});

export const diskType = wordsFor({
  disk: 'disk',
  part: 'partition',
  lvm: 'logical volume',
  crypt: 'encrypted',
  raid0: 'RAID 0',
  raid1: 'RAID 1',
  raid4: 'RAID 4',
  raid5: 'RAID 5',
  raid6: 'RAID 6',
  raid10: 'RAID 10',
  linear: 'joined disks',
  md: 'RAID',
  mpath: 'multipath',
  loop: 'file as disk',
  rom: 'optical drive',
  dm: 'mapped device',
  zram: 'compressed memory',
  zvol: 'ZFS volume',
  cache: 'cached disk',
  boot: 'boot area',
  flash: 'flash memory',
  network: 'network disk',
  swap: 'swap',
});

export const cgroupVersion = wordsFor({
  v1: 'version 1',
  v2: 'version 2',
  hybrid: 'both versions',
});

export const containerEngine = wordsFor({
  docker: 'Docker',
  containerd: 'containerd',
  podman: 'Podman',
  crio: 'CRI-O',
  'cri-o': 'CRI-O',
  nerdctl: 'nerdctl',
  lxc: 'LXC',
  lxd: 'LXD',
  incus: 'Incus',
  k3s: 'containerd of K3s',
});

export const kubernetesRole = wordsFor({
  server: 'server',
  agent: 'agent',
  node: 'node',
});

const throttles = wordsFor({
  gpu_idle: 'idle',
  applications_clocks_setting: 'clocks set by hand',
  sw_power_cap: 'power limit',
  hw_slowdown: 'hardware protection',
  sync_boost: 'kept in step with other GPUs',
  sw_thermal_slowdown: 'temperature, by the driver',
  hw_thermal_slowdown: 'temperature, by the card',
  hw_power_brake_slowdown: 'power brake of the supply',
  display_clock_setting: 'display clock',
});

/** Null: not told. An idle card that clocks down is held back by nothing. */
export function throttledBy(reasons: string | null): string | null {
  if (reasons === null) return null;
  const names = reasons
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'none' && name !== 'gpu_idle');
  return names.length === 0 ? 'nothing' : names.map(throttles).join(', ');
}
