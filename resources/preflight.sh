# What has to be known of one machine before work on it begins, for Rackhelm. Sent after frames.sh and
# looks.sh:  sh -s NONCE [SECONDS [SCOPE [NETWORK [HOST PORT]]]]
#
# SCOPE: `all`, with what only root may see where this is root; `root`: only that.
# NETWORK: `none` sends no packet; `gateway` asks the gateway and the name servers; `outside` also looks
# up HOST and opens one connection to its PORT.
#
# Nothing is changed. Asking `sudo -n` may leave a line in the machine's log.

main() { frames "$1" "${2:-}" look_over "${3:-all}" "${4:-none}" "${5:-}" "${6:-}"; }

look_over() {
  scope=$1 network=$2 host=$3 port=$4
  quick clock-begin date +%s.%N
  know_uid
  if [ "$scope" = root ]; then
    root_lane
  else
    more_files=$(files_of_interest)
    case $network in
      none) machine_lane ;;
      gateway) together gateway_lane name_lane machine_lane ;;
      outside) together outside_lane gateway_lane name_lane machine_lane ;;
    esac
  fi
  quick clock-end date +%s.%N
}

# Functions, all at the same time; what each prints stays together.
together() {
  if [ $# -eq 1 ]; then "$1"; return; fi
  first=$1
  shift
  "$first" | { together "$@" </dev/null; drain; }
}

know_uid() {
  uid=
  while read -r key value _; do
    [ "$key" = Uid: ] && { uid=$value; break; }
  done </proc/self/status 2>/dev/null
  [ "$uid" ] || uid=$(id -u 2>/dev/null)
}

machine_lane() {
  limited small_looks
  [ "$uid" = 0 ] || may_be_root
  synchronization
  block_devices
  file_systems
  has df && bounded inodes 3 df -P -i / /var/lib
  # Pi: needs the group video. It is what the file of the firmware says, where there is none.
  has vcgencmd && bounded vcgencmd 2 vcgencmd get_throttled
  has needs-restarting && bounded needs-restarting 5 needs-restarting -r
  [ "$uid" = 0 ] && root_lane
}

may_be_root() {
  if has sudo; then bounded sudo 3 sudo -n true; elif has doas; then bounded doas 3 doas -n true; fi
}

small_looks() {
  files
  presence
  there
  device_tree
  init_environment
  has date && quick date date '+%s %z %Z'
  has uname && quick uname uname -s -r -m
  kernel_modules
  kernels
  has iptables && quick iptables iptables -V
  package_locks
  has ls && quick links ls -ld /etc/localtime /sys/class/net/* /sys/block/*
  addresses
  ports
  routes
}

# Printed as patterns, so that they are looked up once, where they are read.
files_of_interest() {
  printf '%s ' /proc/self/status /proc/modules /proc/filesystems /proc/swaps /proc/cmdline \
    /proc/locks /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv6/conf/all/forwarding \
    /proc/sys/net/bridge/bridge-nf-call-iptables /proc/sys/net/bridge/bridge-nf-call-ip6tables \
    /proc/sys/net/netfilter/nf_conntrack_max /proc/sys/vm/overcommit_memory \
    /proc/sys/kernel/panic /proc/sys/kernel/panic_on_oops /proc/sys/kernel/pid_max \
    /proc/sys/kernel/keys/root_maxkeys /proc/sys/kernel/keys/root_maxbytes \
    /proc/sys/fs/inotify/max_user_instances /proc/sys/fs/inotify/max_user_watches \
    /sys/module/apparmor/parameters/enabled /sys/fs/selinux/enforce /etc/selinux/config \
    '/sys/block/*/removable' '/sys/block/*/queue/rotational' '/sys/block/mmcblk*/device/type' \
    '/sys/block/mmcblk*/device/life_time' '/sys/block/mmcblk*/device/pre_eol_info' \
    '/sys/block/zram*/disksize' '/sys/class/hwmon/*/name' '/sys/class/hwmon/*/in0_lcrit_alarm' \
    '/sys/devices/platform/soc*/soc*:firmware/get_throttled' \
    '/sys/class/thermal/thermal_zone*/temp' '/sys/class/rtc/*/since_epoch' \
    /boot/firmware/cmdline.txt /boot/cmdline.txt /etc/fstab /etc/ufw/ufw.conf \
    /run/reboot-required /run/reboot-required.pkgs /run/reboot-needed '/etc/ssh/ssh_host_*_key.pub' \
    /etc/ssh/sshd_config '/etc/ssh/sshd_config.d/*.conf'
}

# `+` it is there, `@` the tool is there.
there() {
  part there
  block=
  for file in /run/systemd/system /run/openrc /sbin/openrc-run /usr/sbin/openrc-run \
    /etc/rancher /var/lib/rancher /etc/rancher/node/password /usr/local/bin/k3s \
    /usr/local/bin/k3s-uninstall.sh /usr/local/bin/k3s-agent-uninstall.sh \
    /etc/systemd/system/k3s.service /etc/systemd/system/k3s-agent.service /etc/init.d/k3s \
    /etc/init.d/k3s-agent /etc/cni/net.d/* /opt/cni/bin /run/flannel /var/lib/cni /run/k3s \
    /etc/kubernetes /var/lib/kubelet /var/lib/etcd /etc/systemd/system/kubelet.service \
    /lib/systemd/system/kubelet.service /var/lib/k0s /var/snap/microk8s /var/lib/docker \
    /etc/systemd/system/multi-user.target.wants/docker.service /run/docker.sock \
    /var/lib/containerd /run/containerd/containerd.sock \
    /etc/systemd/system/multi-user.target.wants/firewalld.service \
    /etc/systemd/system/multi-user.target.wants/ufw.service \
    /etc/systemd/system/sysinit.target.wants/nftables.service \
    /etc/systemd/system/*.wants/nm-cloud-setup.service \
    /etc/systemd/system/*.wants/nm-cloud-setup.timer \
    /sys/module/br_netfilter /sys/module/overlay /sys/module/vxlan /sys/module/apparmor /sys/module/wireguard \
    /sys/fs/cgroup/memory /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/selinux \
    /usr/share/selinux/packages/k3s.pp /sys/class/rtc/rtc0 /dev/vcio /dev/nvidiactl /dev/kfd /dev/dri /proc/modules /proc/swaps \
    /usr/lib/systemd/systemd-timesyncd /lib/systemd/systemd-timesyncd; do
    { [ -e "$file" ] || [ -L "$file" ]; } && block=$block+$file$newline
  done
  for tool in curl wget sudo doas systemctl rc-service modprobe iptables nft ufw firewall-cmd smartctl \
    nvme apparmor_parser sshd chronyd ntpd timedatectl bash nc python3 perl socat getent nslookup \
    dig host drill ping apt-get dnf yum apk pacman zypper swapoff vcgencmd ss df date ip grep; do
    has "$tool" && block=$block@$tool$newline
  done
  printf '%s=%s\n' "$block" "$uid"
  close_part 0
}

# What may be loaded: built in, or a file of this kernel. `modprobe -n` also knows what is forbidden.
kernel_modules() {
  release=
  read -r release </proc/sys/kernel/osrelease 2>/dev/null
  for folder in "/lib/modules/$release" "/usr/lib/modules/$release"; do
    [ -d "$folder" ] && break
  done
  [ "$release" ] && [ -d "$folder" ] || return
  names='(br_netfilter|overlay|vxlan|wireguard)'
  has grep && quick module-files grep -s -h -o -E "^[^:]*/$names\\.ko[.a-z0-9]*(:|\$)" \
    "$folder/modules.builtin" "$folder/modules.dep"
  has modprobe && for name in br_netfilter overlay vxlan; do
    [ -e "/sys/module/$name" ] || quick "modprobe:$name" modprobe -n "$name"
  done
}

kernels() {
  part kernels
  for file in /lib/modules/* /boot/vmlinuz-* /boot/firmware/kernel*.img; do
    [ -e "$file" ] && printf '%s\n' "$file"
  done
  close_part 0
}

# Numbers of the files that package managers lock; /proc/locks says which of them are held.
package_locks() {
  set --
  for file in /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock \
    /var/cache/apt/archives/lock /var/lib/rpm/.rpm.lock /usr/lib/sysimage/rpm/.rpm.lock \
    /lib/apk/db/lock /var/lib/pacman/db.lck /run/zypp.pid; do
    [ -e "$file" ] && set -- "$@" "$file"
  done
  [ $# -gt 0 ] && has ls && quick package-locks ls -i "$@"
}

# --- what sends packets -------------------------------------------------------------------------

gateway_lane() {
  has ip || return
  gateways=
  for family in -4 -6; do
    set -- $(ip "$family" route show default 2>/dev/null)
    while [ $# -gt 1 ]; do
      if [ "$1" = via ]; then
        case " $gateways " in *" $2 "*) ;; *) gateways="$gateways $2" ;; esac
      fi
      shift
    done
  done
  asked=0
  for gateway in $gateways; do
    # One that lies on the link alone needs its interface, and answers no router's question here.
    case $gateway in fe80:* | inet6) continue ;; esac
    asked=$((asked + 1))
    [ "$asked" -gt 2 ] && break
    has ping && bounded "ping:$gateway" 3 ping -c 1 -W 2 "$gateway"
    bounded "neighbour:$gateway" 2 ip neigh show "$gateway"
  done
}

# Each name server by itself, then the way in which programs look names up.
name_lane() {
  name=$host
  [ "$network" = outside ] && [ "$name" ] || read -r name </proc/sys/kernel/hostname
  servers=
  for file in /etc/resolv.conf /run/systemd/resolve/resolv.conf; do
    [ -r "$file" ] || continue
    while read -r key value _; do
      [ "$key" = nameserver ] || continue
      case " $servers " in *" $value "*) ;; *) servers="$servers $value" ;; esac
    done <"$file"
  done
  asked=0
  for server in $servers; do
    asked=$((asked + 1))
    [ "$asked" -gt 3 ] && break
    case $server in *[!0-9a-fA-F.:%a-z]*) continue ;; esac
    if has dig; then
      bounded "dns:$server" 3 dig +time=2 +tries=1 "@$server" "$name"
    elif has drill; then
      bounded "dns:$server" 3 drill "@$server" "$name"
    elif has host; then
      bounded "dns:$server" 3 host -W 2 "$name" "$server"
    elif has nslookup; then
      bounded "dns:$server" 3 nslookup "$name" "$server"
    elif has python3; then
      bounded "dns:$server" 3 python3 -c "$ask_name_server" "$server" "$name"
    elif has perl; then
      bounded "dns:$server" 3 perl -MIO::Socket::IP -e "$ask_by_perl" "$server" "$name"
    fi
  done
  [ "$network" = outside ] && [ "$host" ] && has getent && bounded getent 4 getent hosts "$host"
}

ask_name_server='import socket,struct,sys
a=socket.getaddrinfo(sys.argv[1],53,0,socket.SOCK_DGRAM)[0]
s=socket.socket(a[0],a[1]); s.settimeout(2); s.connect(a[4])
q=b"".join(bytes([len(l)])+l.encode() for l in sys.argv[2].split(".") if l)
s.send(struct.pack(">HHHHHH",4711,256,1,0,0,0)+q+b"\0\0\1\0\1")
r=s.recv(512); print("status: %d answers: %d"%(r[3]&15,r[6]*256+r[7]))'

ask_by_perl='my $s=IO::Socket::IP->new(PeerHost=>$ARGV[0],PeerPort=>53,Proto=>"udp") or die;
my $q=join("",map{pack("C/a",$_)} grep{length} split(/\./,$ARGV[1]));
$s->send(pack("nnnnnn",4711,256,1,0,0,0).$q."\0\0\1\0\1"); alarm 2; my $r; defined $s->recv($r,512) or die "$!";
printf "status: %d answers: %d\n",ord(substr($r,3,1))&15,unpack("n",substr($r,6,2))'

outside_lane() {
  [ "$host" ] && [ "$port" ] || return
  case $host in *[!0-9A-Za-z.:_-]* | -*) return ;; esac
  case $port in *[!0-9]*) return ;; esac
  bounded outside 6 try_tcp "$host" "$port"
}

# --- what only root may see ------------------------------------------------------------------------

root_lane() {
  sshd_settings
  firewall
  disk_health
}

sshd_settings() {
  for program in /usr/sbin/sshd /sbin/sshd /usr/local/sbin/sshd; do
    [ -x "$program" ] || continue
    bounded sshd-settings 3 "$program" -T
    break
  done
}

firewall() {
  if has nft; then bounded nft 3 nft list ruleset; fi
  if has iptables; then bounded iptables-rules 3 iptables -S; fi
}

# Many disks that answer late must not cost all of the time.
disk_health() {
  asked=0
  for disk in /sys/block/sd* /sys/block/hd* /sys/block/nvme*n*; do
    [ -e "$disk" ] || continue
    asked=$((asked + 1))
    [ "$asked" -gt 16 ] && break
    disk=${disk##*/}
    [ -b "/dev/$disk" ] || continue
    if has smartctl; then
      bounded "smart:$disk" 4 smartctl -n standby -H -i -A -j "/dev/$disk"
    elif has nvme; then
      case $disk in nvme*) bounded "nvme:$disk" 4 nvme smart-log -o json "/dev/$disk" ;; esac
    fi
  done
}

# Nothing above runs before this line has arrived: a script cut short does nothing at all.
main "$@" </dev/null
