/** What a person would type to see the same, by the label of the part. */
const commands: Readonly<Record<string, string>> = {
  'clock-begin': 'date +%s.%N',
  'clock-end': 'date +%s.%N',
  uname: 'uname -s -r -m',
  iptables: 'iptables -V',
  kernels: 'ls -d /lib/modules/* /boot/vmlinuz-*',
  'module-files':
    'grep -E "/(br_netfilter|overlay|vxlan)[.]ko" /lib/modules/$(uname -r)/modules.{builtin,dep}',
  'package-locks': 'ls -i /var/lib/dpkg/lock-frontend … ; cat /proc/locks',
  sudo: 'sudo -n true',
  doas: 'doas -n true',
  inodes: 'df -P -i / /var/lib',
  df: 'df -P -k',
  ss: 'ss -H -tulnp',
  'port-files': 'cat /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6',
  'routes4-json': 'ip -j -4 route show',
  'routes6-json': 'ip -j -6 route show',
  'routes4-text': 'ip -4 route show',
  'routes6-text': 'ip -6 route show',
  'ip-json': 'ip -j -d addr show',
  'ip-detail': 'ip -d addr show',
  'ip-text': 'ip addr show',
  lsblk: 'lsblk -J -b -o NAME,KNAME,TYPE,SIZE,MODEL,SERIAL,ROTA,PKNAME',
  chrony: 'chronyc -n tracking',
  timedatectl: 'timedatectl show',
  'timedatectl-status': 'timedatectl status',
  vcgencmd: 'vcgencmd get_throttled',
  'needs-restarting': 'needs-restarting -r',
  'sshd-settings': 'sshd -T',
  nft: 'nft list ruleset',
  'iptables-rules': 'iptables -S',
  links: 'ls -ld /etc/localtime /sys/class/net/* /sys/block/*',
  date: "date '+%s %z %Z'",
};

/** Of a label with something behind a colon, `%` stands for that. */
const families: Readonly<Record<string, string>> = {
  modprobe: 'modprobe -n %',
  ping: 'ping -c 1 -W 2 %',
  neighbour: 'ip neigh show %',
  dns: 'a question to the name server %',
  smart: 'smartctl -n standby -H -i -A -j /dev/%',
  nvme: 'nvme smart-log -o json /dev/%',
};

export function commandOf(label: string, only?: RegExp): string {
  const colon = label.indexOf(':');
  const family = colon === -1 ? undefined : families[label.slice(0, colon)];
  const command = family?.replace('%', label.slice(colon + 1)) ?? commands[label] ?? label;
  return only ? `${command} | grep -E '${only.source}'` : command;
}
