import type { Told } from './preflight-fixture.ts';

const osRelease = (id: string, version: string) =>
  `ID=${id}\nVERSION_ID="${version}"\nPRETTY_NAME="${id} ${version}"`;

/** A Pi 4 as it comes from its image: SD card, no memory cgroup, swap, an image's name. */
export const freshPi: Told = {
  uid: 0,
  files: {
    '/proc/sys/kernel/hostname': 'raspberrypi',
    '/proc/1/comm': 'systemd',
    '/etc/hosts': '127.0.0.1\tlocalhost\n127.0.1.1\traspberrypi',
    '/etc/machine-id': '8a1f0c6e4f0b4c3f9d2e5b7a6c8d9e0f',
    '/etc/os-release': osRelease('debian', '12'),
    '/proc/meminfo':
      'MemTotal:        3885396 kB\nMemAvailable:    3302400 kB\nSwapTotal:        524272 kB\nSwapFree:         524272 kB',
    '/proc/cgroups':
      '#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpuset\t0\t64\t1\nmemory\t0\t64\t0',
    '/sys/fs/cgroup/cgroup.controllers': 'cpuset cpu io pids',
    '/boot/firmware/cmdline.txt': 'console=serial0,115200 console=tty1 root=PARTUUID=1-02 rootwait',
    '/proc/cmdline': 'coherent_pool=1M cgroup_disable=memory console=tty1 rootwait',
    '/proc/swaps':
      'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n/var/swap                               file\t\t524272\t\t0\t\t-2',
    '/proc/mounts': '/dev/mmcblk0p2 / ext4 rw,noatime 0 0\nproc /proc proc rw 0 0',
    '/sys/block/mmcblk0/device/type': 'SD',
    '/proc/sys/net/ipv4/ip_forward': '0',
    '/proc/sys/kernel/keys/root_maxkeys': '1000000',
    '/sys/class/thermal/thermal_zone0/temp': '61345',
    '/proc/filesystems': 'nodev\tsysfs\nnodev\toverlay\n\text4',
  },
  there: [
    '/run/systemd/system',
    '/sys/fs/cgroup/cgroup.controllers',
    '/dev/vcio',
    '/usr/lib/systemd/systemd-timesyncd',
  ],
  tools: ['curl', 'wget', 'sudo', 'systemctl', 'modprobe', 'df', 'ip', 'grep'],
  parts: {
    uname: 'Linux 6.12.25+rpt-rpi-v8 aarch64',
    'module-files': '/br_netfilter.ko.xz:\nkernel/drivers/net/vxlan/vxlan.ko.xz:',
    'modprobe:br_netfilter': '',
    'modprobe:vxlan': '',
    kernels:
      '/lib/modules/6.12.25+rpt-rpi-v8\n/lib/modules/6.12.25+rpt-rpi-2712\n/boot/vmlinuz-6.12.25+rpt-rpi-v8\n/boot/vmlinuz-6.12.25+rpt-rpi-2712',
    lsblk: JSON.stringify({
      blockdevices: [
        {
          name: 'mmcblk0',
          kname: 'mmcblk0',
          type: 'disk',
          size: 63864569856,
          model: null,
          serial: '0xfe1',
          rota: false,
          pkname: null,
        },
        {
          name: 'mmcblk0p2',
          kname: 'mmcblk0p2',
          type: 'part',
          size: 63327698944,
          model: null,
          serial: null,
          rota: false,
          pkname: 'mmcblk0',
        },
      ],
    }),
    df: 'Filesystem     1024-blocks    Used Available Capacity Mounted on\n/dev/mmcblk0p2    60713496 4000000  54000000       7% /',
    inodes:
      'Filesystem      Inodes  IUsed   IFree IUse% Mounted on\n/dev/mmcblk0p2 3770000 120000 3650000    4% /',
    vcgencmd: 'throttled=0x50005',
    date: '1750000000 +0000 UTC',
    'routes6-json': '[]',
    'routes4-json':
      '[{"dst":"default","gateway":"10.0.10.1","dev":"eth0","metric":100},{"dst":"10.0.10.0/24","dev":"eth0"}]',
    'sshd-settings':
      'port 22\npermitrootlogin without-password\npasswordauthentication yes\nkbdinteractiveauthentication no',
  },
};

/** A PC with Ubuntu, an NVMe disk, chrony, and upgrades that wait for a restart. */
export const ubuntuServer: Told = {
  uid: 1000,
  rootProblem: 'sudo wants a password there, and nobody was asked.',
  files: {
    '/proc/sys/kernel/hostname': 'node-7',
    '/etc/hosts': '127.0.0.1 localhost\n127.0.1.1 node-7.lan node-7',
    '/etc/machine-id': '3f9d2e5b7a6c8d9e0f8a1f0c6e4f0b4c',
    '/etc/os-release': osRelease('ubuntu', '24.04'),
    '/proc/meminfo':
      'MemTotal:       32768000 kB\nMemAvailable:   30000000 kB\nSwapTotal:             0 kB\nSwapFree:              0 kB',
    '/sys/fs/cgroup/cgroup.controllers': 'cpuset cpu io memory hugetlb pids rdma misc',
    '/proc/swaps': 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority',
    '/proc/mounts': '/dev/mapper/ubuntu--vg-ubuntu--lv / ext4 rw,relatime 0 0',
    '/sys/module/apparmor/parameters/enabled': 'Y',
    '/run/reboot-required': '*** System restart required ***',
    '/run/reboot-required.pkgs': 'linux-image-6.8.0-60-generic\nlinux-base',
    '/etc/ufw/ufw.conf': '# comment\nENABLED=yes\nLOGLEVEL=low',
    '/proc/locks':
      '1: FLOCK  ADVISORY  WRITE 900 00:19:1243 0 EOF\n2: POSIX  ADVISORY  WRITE 4711 fd:00:131077 0 EOF',
    '/proc/4711/comm': 'unattended-upgr',
    '/proc/1/comm': 'systemd',
    '/proc/sys/net/ipv4/ip_forward': '1',
  },
  there: [
    '/run/systemd/system',
    '/sys/fs/cgroup/cgroup.controllers',
    '/sys/module/br_netfilter',
    '/sys/module/overlay',
    '/sys/module/vxlan',
    '/sys/class/rtc/rtc0',
  ],
  tools: ['curl', 'sudo', 'apparmor_parser', 'apt-get', 'iptables', 'nft', 'smartctl'],
  parts: {
    uname: 'Linux 6.8.0-45-generic x86_64',
    sudo: ['sudo: a password is required', 1],
    iptables: 'iptables v1.8.10 (nf_tables)',
    'package-locks': '131077 /var/lib/dpkg/lock-frontend\n131078 /var/lib/dpkg/lock',
    kernels:
      '/lib/modules/6.8.0-45-generic\n/lib/modules/6.8.0-60-generic\n/boot/vmlinuz-6.8.0-45-generic\n/boot/vmlinuz-6.8.0-60-generic',
    chrony:
      'Reference ID    : C0248F97 (ntp.example)\nStratum         : 3\nLeap status     : Normal',
    date: '1750000000 +0000 UTC',
    lsblk: JSON.stringify({
      blockdevices: [
        {
          name: 'nvme0n1',
          kname: 'nvme0n1',
          type: 'disk',
          size: 1000204886016,
          model: 'Samsung SSD 990',
          serial: 'S1',
          rota: false,
          pkname: null,
        },
        {
          name: 'nvme0n1p3',
          kname: 'nvme0n1p3',
          type: 'part',
          size: 997000000000,
          model: null,
          serial: null,
          rota: false,
          pkname: 'nvme0n1',
        },
        {
          name: 'ubuntu--vg-ubuntu--lv',
          kname: 'dm-0',
          type: 'lvm',
          size: 997000000000,
          model: null,
          serial: null,
          rota: false,
          pkname: 'nvme0n1p3',
        },
      ],
    }),
    df: 'Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/mapper/ubuntu--vg-ubuntu--lv 957000000 40000000 868000000 5% /',
    'routes6-json': '[]',
    'routes4-json':
      '[{"dst":"default","gateway":"10.0.10.1","dev":"eno1","metric":100},{"dst":"10.42.7.0/24","dev":"vlan42"},{"dst":"10.43.0.0/16","dev":"cni0"}]',
    ss: 'tcp LISTEN 0 4096 0.0.0.0:6444 0.0.0.0:* users:(("haproxy",pid=9,fd=3))\nudp UNCONN 0 0 0.0.0.0:8472 0.0.0.0:*',
  },
};

/** Red Hat 8.3 in a cloud, with firewalld, SELinux and an old iptables. */
export const redHat: Told = {
  uid: 0,
  files: {
    '/proc/sys/kernel/hostname': 'Node_8.lan',
    '/etc/machine-id': 'uninitialized',
    '/etc/os-release': osRelease('rhel', '8.3'),
    '/proc/mounts':
      'cgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0\ncgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0\n/dev/sda2 / xfs ro,relatime 0 0',
    '/proc/cgroups': '#subsys_name hierarchy num_cgroups enabled\nmemory\t6\t100\t1',
    '/sys/fs/selinux/enforce': '1',
    '/proc/swaps': 'Filename Type Size Used Priority\n/dev/zram0 partition 4000000 0 100',
    '/sys/block/sda/removable': '0',
    '/proc/1/comm': 'systemd',
    '/proc/700/comm': 'firewalld',
    '/proc/1200/comm': 'kubelet',
  },
  there: [
    '/run/systemd/system',
    '/etc/systemd/system/cloud-init.target.wants/nm-cloud-setup.timer',
    '/etc/kubernetes',
    '/var/lib/kubelet',
  ],
  tools: ['curl', 'iptables', 'smartctl'],
  parts: {
    uname: 'Linux 4.18.0-240.el8.x86_64 x86_64',
    iptables: 'iptables v1.8.4 (nf_tables)',
    kernels: '/lib/modules/4.18.0-305.el8.x86_64',
    'needs-restarting': [
      'Core libraries or services have been updated:\n  kernel -> 4.18.0-305.el8\nReboot is required',
      1,
    ],
    'smart:sda': JSON.stringify({
      smart_status: { passed: true },
      ata_smart_attributes: {
        table: [
          { id: 5, raw: { value: 24 } },
          { id: 9, raw: { value: 41000 } },
          { id: 197, raw: { value: 2 } },
        ],
      },
    }),
    'routes6-json': '[]',
    'routes4-json':
      '[{"dst":"default","gateway":"10.0.0.1","dev":"eth0"},{"dst":"default","gateway":"10.1.0.1","dev":"eth1"}]',
    nft: 'table inet firewalld {\n\tchain filter_INPUT {\n\t\ttype filter hook input priority filter + 10; policy accept;\n\t\treject with icmpx admin-prohibited\n\t}\n}',
    date: '1750000000 +0000 UTC',
    timedatectl: 'Timezone=UTC\nNTP=no\nNTPSynchronized=no',
    'sshd-settings': 'permitrootlogin yes\npasswordauthentication yes',
  },
};
