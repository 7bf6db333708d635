# Ways to look at a machine that several scripts have in common. Sent after frames.sh.

# One process reads every small file. Lists of CPU flags are long and of no use here; a file that
# names a million hosts must not crowd out what comes after it.
files() {
  set -- /etc/machine-id /var/lib/dbus/machine-id /etc/os-release /usr/lib/os-release /etc/hostname \
    /proc/sys/kernel/hostname /proc/sys/kernel/domainname /proc/sys/kernel/ostype \
    /proc/sys/kernel/osrelease /proc/sys/kernel/arch /proc/loadavg /proc/uptime /proc/meminfo \
    /sys/class/dmi/id/sys_vendor /sys/class/dmi/id/product_name /sys/class/dmi/id/product_version \
    /sys/class/dmi/id/product_serial /sys/class/dmi/id/product_uuid /sys/class/dmi/id/board_vendor \
    /sys/class/dmi/id/board_name /sys/class/dmi/id/board_serial /sys/class/dmi/id/chassis_serial \
    /sys/class/dmi/id/chassis_vendor /sys/class/dmi/id/bios_vendor /sys/hypervisor/type /sys/hypervisor/properties/features \
    /proc/xen/capabilities /proc/sysinfo \
    /etc/resolv.conf /run/systemd/resolve/resolv.conf /etc/timezone /etc/hostid \
    /proc/cgroups /sys/fs/cgroup/cgroup.controllers /sys/fs/cgroup/unified/cgroup.controllers \
    /run/systemd/container /proc/1/cgroup \
    /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory.current \
    /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory/memory.usage_in_bytes \
    /sys/devices/system/cpu/online /sys/devices/system/cpu/present \
    /sys/devices/system/cpu/cpu[0-9]*/cpufreq/cpuinfo_max_freq \
    /sys/devices/system/cpu/cpu[0-9]*/topology/physical_package_id \
    /sys/devices/system/cpu/cpu[0-9]*/topology/core_id \
    /sys/devices/system/cpu/cpu[0-9]*/topology/thread_siblings_list \
    /sys/devices/system/cpu/cpu[0-9]*/topology/core_cpus_list \
    /sys/class/net/*/address /sys/class/net/*/mtu /sys/class/net/*/operstate \
    /sys/class/net/*/speed /sys/class/net/*/type /sys/class/net/*/uevent /sys/class/net/*/ifindex \
    /sys/class/net/*/addr_assign_type /sys/class/net/*/iflink /sys/class/net/*/tun_flags /proc/net/vlan/config \
    /proc/net/if_inet6 /proc/cpuinfo /proc/[0-9]*/comm
  has nvidia-smi || set -- "$@" /proc/driver/nvidia/version /sys/bus/pci/devices/*/vendor /sys/bus/pci/devices/*/class
  # What else a script wants to read along; patterns are meant to be looked up here.
  set -- "$@" ${more_files:-}
  # Files that somebody may have made very long come last.
  show files "$@" /proc/mounts /etc/hosts
}

# show LABEL FILE…: each line of each readable file as PATH:LINE.
show() {
  label=$1
  shift
  if has grep; then
    quick "$label" grep -m 8000 -s -H -v -E '^(flags|Features|bugs|vmx flags|bogomips|BogoMIPS|power management|address sizes|microcode|fpu.*|wp|apicid|initial apicid|cpuid level|TLB size|clflush size|cache_alignment|cache size|stepping|cpu family)[[:space:]]*:' "$@"
  else
    quick "$label" read_files "$@"
  fi
}

read_files() {
  for file; do
    [ -f "$file" ] && [ -r "$file" ] || continue
    while IFS= read -r line || [ "$line" ]; do
      case $line in flags* | 'vmx flags'* | Features*) continue ;; esac
      printf '%s:%s\n' "$file" "$line"
    done <"$file"
  done 2>/dev/null
  return 0
}

# Things whose being there is the fact; and files that only root may read.
# The kubelet keeps a folder for each pod of its machine, called by namespace, name and id.
pods() {
  [ -d /var/log/pods ] || return 0
  part pods
  left=1000
  for folder in /var/log/pods/*; do
    [ "$left" -gt 0 ] || break
    left=$((left - 1))
    printf '%s\n' "${folder##*/}"
  done
  close_part 0
}

presence() {
  part presence
  block=
  for file in /.dockerenv /run/.containerenv /run/systemd/timesync/synchronized \
    /run/systemd/system /proc/1/comm /proc/xen /proc/vz /proc/bc /dev/kvm /dev/nvidiactl \
    /run/docker.sock /var/run/docker.sock /run/containerd/containerd.sock /run/podman/podman.sock \
    /run/crio/crio.sock /etc/systemd/system/k3s.service /etc/systemd/system/k3s-agent.service \
    /etc/init.d/k3s /etc/init.d/k3s-agent /var/lib/rancher/k3s/server/db /run/lldpd.socket \
    /sys/class/net/*/wireless /sys/class/net/*/phy80211 /sys/class/net/*/bridge \
    /sys/class/net/*/bonding /sys/class/net/*/device /sys/class/net/*/lower_* \
    /sys/fs/cgroup/memory /sys/fs/cgroup/cgroup.controllers; do
    [ -e "$file" ] && block=$block+$file$newline
  done
  for file in /sys/class/dmi/id/product_serial /sys/class/dmi/id/product_uuid \
    /sys/class/dmi/id/board_serial /sys/class/dmi/id/chassis_serial /sys/class/dmi/id/product_name /etc/machine-id \
    /etc/os-release /proc/meminfo /proc/mounts /etc/resolv.conf; do
    [ -e "$file" ] && [ ! -r "$file" ] && block=$block!$file$newline
  done
  for tool in docker containerd podman crio k3s kubelet nvidia-smi lldpcli lldpd chronyc timedatectl ip \
    ss lsblk df date uname; do
    has "$tool" && block=$block@$tool$newline
  done
  printf %s "$block"
  [ "${SSH_CONNECTION:-}" ] && printf '=%s\n' "$SSH_CONNECTION"
  close_part 0
}

# These end in a NUL, which the shell drops and grep takes for a binary file.
device_tree() {
  part device-tree
  # The first is a link to the second that containers may lack.
  tree=/proc/device-tree
  [ -d "$tree" ] || tree=/sys/firmware/devicetree/base
  for file in "$tree/model" "$tree/serial-number" "$tree/compatible" \
    "$tree/hypervisor/compatible"; do
    if [ -r "$file" ]; then
      line=
      IFS= read -r line <"$file"
      printf '%s:%s\n' "$file" "$line"
    fi
  done 2>/dev/null
  close_part 0
}

# What runs the machine says there that it is a container; of the rest nothing is told.
init_environment() {
  part init
  line=
  { [ -r /proc/1/environ ] && IFS= read -r line </proc/1/environ; } 2>/dev/null
  case $line in
    *container=*)
      line=${line##*container=}
      printf 'container=%s\n' "${line%%[!a-z-]*}"
      ;;
  esac
  close_part 0
}

# busybox and iproute2 before 4.13 have no -j; busybox has no -d either.
addresses() {
  if has ip; then
    quick ip-json ip -j -d addr show && return
    plain_addresses && return
  fi
  has ifconfig && quick ifconfig ifconfig -a
  show net-files /proc/net/fib_trie /proc/net/route
}

plain_addresses() { quick ip-detail ip -d addr show || quick ip-text ip addr show; }

routes() {
  if has ip; then
    if quick routes4-json ip -j -4 route show; then
      quick routes6-json ip -j -6 route show
      return
    fi
    plain_routes && return
  fi
  if not_linux && has netstat; then quick netstat-routes netstat -r -n; return; fi
  show routes-files /proc/net/route /proc/net/ipv6_route
}

plain_routes() {
  quick routes4-text ip -4 route show || return
  quick routes6-text ip -6 route show
  return 0
}

# timedatectl wakes a service; ask it only where no file and no chronyd tells.
synchronization() {
  if has chronyc && { [ -e /run/chrony/chronyd.pid ] || [ -e /run/chronyd.pid ] || [ -e /var/run/chronyd.pid ]; }; then
    bounded chrony 2 chronyc -n tracking && return
  fi
  [ -e /run/systemd/timesync/synchronized ] && return
  [ -d /run/systemd/system ] || return
  has timedatectl && { bounded timedatectl 3 timedatectl show || bounded timedatectl-status 2 timedatectl status; }
}

block_devices() {
  if has lsblk; then
    bounded lsblk 3 lsblk -J -b -o NAME,KNAME,TYPE,SIZE,MODEL,SERIAL,ROTA,PKNAME && return
    # Before 2.27 it has no -J; 2 says that it hangs.
    [ $? = 2 ] || { lsblk_pairs && return; }
  fi
  block_files
  not_linux && other_disks
}

lsblk_pairs() { bounded lsblk-pairs 3 lsblk -P -b -o NAME,KNAME,TYPE,SIZE,MODEL,SERIAL,ROTA,PKNAME; }

block_files() {
  set -- /sys/block/*/size /sys/block/*/queue/rotational /sys/block/*/device/model \
    /sys/block/*/device/serial /sys/block/*/device/name /sys/block/*/dm/name /sys/block/*/dm/uuid \
    /sys/block/*/md/level /sys/block/*/*/partition /sys/block/*/*/size /proc/partitions
  limited show block-files "$@"
  part block-slaves
  for file in /sys/block/*/slaves/*; do [ -e "$file" ] && printf '%s\n' "$file"; done
  close_part 0
}

other_disks() {
  has geom && bounded geom 3 geom disk list
  has diskutil && bounded diskutil 5 diskutil info -all
}

# A dead network mount makes df wait for ever: then once more without the network.
file_systems() {
  has df || return
  bounded df 4 df -P -k || bounded df-local 3 df -P -k -l || bounded df-plain 2 df -k
}

ports() {
  has ss && quick ss ss -H -t -u -l -n -p && return
  if not_linux; then
    has sockstat && quick sockstat sockstat -4 -6 -l && return
    has netstat && quick netstat-ports netstat -a -n
    return
  fi
  port_files
}

port_files() {
  if has grep; then
    quick port-files grep -s -H -E '^ *[0-9]+: [0-9A-F]+:[0-9A-F]{4} [0-9A-F]+:[0-9A-F]{4} (0A|07) ' \
      /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6
  else
    quick port-files read_files /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6
  fi
}

# try_tcp HOST PORT: whether one gets through, told by whatever can open a connection here. The first
# word that is printed is `open`, or what the tool complains of.
try_tcp() {
  if has bash; then
    bash -c 'exec 3<>"/dev/tcp/$1/$2" && echo open' try "$1" "$2"
  elif has nc; then
    said=$(nc -v -z -w 4 "$1" "$2" </dev/null 2>&1)
    code=$?
    case $said in
      *sage:* | *nvalid\ option* | *nrecognized\ option* | *llegal\ option*)
        said=$(nc -w 4 "$1" "$2" </dev/null 2>&1)
        code=$?
        ;;
    esac
    [ "$code" = 0 ] && said=open
    printf '%s\n' "$said"
    return "$code"
  elif has python3; then
    python3 -c 'import socket,sys
try: socket.create_connection((sys.argv[1],int(sys.argv[2])),4); print("open")
except Exception as e: print(e); sys.exit(1)' "$1" "$2"
  elif has perl; then
    perl -MIO::Socket::IP -e '$s=IO::Socket::IP->new(PeerHost=>$ARGV[0],PeerPort=>$ARGV[1],Timeout=>4)
      or do { print "$@\n"; exit 1 }; print "open\n"' "$1" "$2"
  elif has curl; then
    curl -sS --connect-timeout 4 --max-time 5 "telnet://$1:$2" </dev/null
    # Connected, and then nothing came: 28 after the time, 0 where the other side hung up.
    case $? in 0 | 28) echo open; return 0 ;; *) return 1 ;; esac
  else
    echo no-tool
    return 127
  fi
}
