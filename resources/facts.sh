# Facts of one machine, for Rackhelm. Sent over stdin:  sh -s NONCE [SECONDS [TOOLS]] <facts.sh
#
# TOOLS, separated by commas: only these are asked, in their plain form, because what they said in
# their usual one could not be read (see electron/host/facts/evidence.ts).
#
# Prints parts between marks that carry the nonce; everything else (banners, profiles) is ignored
# by the reader:
#     @@NONCE begin 1
#     @@NONCE part LABEL
#     …what the tool printed, stdout and stderr…
#     @@NONCE exit CODE        a number, or: late, too-large, skipped, no-sleep
#     @@NONCE end
# A part that is not there means that the tool is not there, or that what came before was too long:
# the part `presence` tells which tools there are. Files come as `PATH:LINE`.
#
# Rules: POSIX sh (dash, bash, busybox ash); every tool may be missing; nothing is written on the
# machine; no root; few forks (a small board takes some ms for each); whatever may hang is bounded
# and left behind, also where it cannot be killed. Raw output is read on our side, not here.

main() {
  nonce=$1
  case $nonce in '' | *[!0-9a-f]*) echo 'facts.sh: the nonce must be lower-case hex' >&2; exit 64 ;; esac
  mark="@@$nonce"
  # Characters of a part that may hang, and of all small tools together, which may tell of thousands
  # of interfaces; seconds of the whole. The reader takes 8 MiB.
  max=1048576 group_max=4194304 budget=11
  case ${2:-} in '' | *[!0-9]*) ;; *) budget=$2 ;; esac
  PATH=${PATH:+$PATH:}/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  LC_ALL=C LANG=C
  export PATH LC_ALL LANG
  unset LANGUAGE GREP_OPTIONS GREP_COLORS POSIXLY_CORRECT BLOCK_SIZE BLOCKSIZE DF_BLOCK_SIZE DOCKER_HOST
  newline='
'
  look_at_clock
  begun=$now
  # What is started carries this in its environment, by which it is found and ended with us. It is not
  # the nonce, which no tool may know.
  RACKHELM_RUN=$$.$begun.
  export RACKHELM_RUN

  printf '\n%s begin 1\n' "$mark"

  guard </dev/null >/dev/null 2>&1 &
  guard=$!
  if [ "${3:-}" ]; then plain_forms "$3"; else lanes; fi
  kill -USR1 "$guard" 2>/dev/null
  printf '\n%s end\n' "$mark"
}

lanes() {
  # Lanes run at the same time: a pipe holds what one prints until the lane before it is done.
  # One that has nothing to ask would only cost forks.
  choose_engines
  if has nvidia-smi; then
    gpu_lane | { engine_lane_and_rest </dev/null; drain; }
  else
    engine_lane_and_rest
  fi
}

engine_lane_and_rest() {
  if [ "$engines" ]; then
    engine_lane | { local_lane </dev/null; drain; }
  else
    local_lane
  fi
}

has() { command -v "$1" >/dev/null 2>&1; }

# What carries answers on is none of the tools, and is not ended with them.
drain() {
  if has cat; then RACKHELM_RUN= cat; else while IFS= read -r line; do printf '%s\n' "$line"; done; fi
}

# Sets `now` to whole seconds since boot, or since 1970 where /proc is missing; else to nothing.
look_at_clock() {
  now=
  if [ -r /proc/uptime ]; then
    read -r now _ </proc/uptime
    now=${now%%.*}
  elif has date; then
    now=$(date +%s 2>/dev/null)
  fi
  case $now in *[!0-9]*) now= ;; esac
}

# --- nothing stays behind -----------------------------------------------------------------------

# end_tools SIGNAL MARK PID: signals what was started by us and runs still, also where it has left our
# process group: what carries the mark, which our own shells do not; without /proc, what PID started.
end_tools() {
  if [ -r /proc/self/environ ] && has grep; then
    found=$(grep -l -s -e "RACKHELM_RUN=$2" /proc/[0-9]*/environ 2>/dev/null)
    # The grep of busybox reads as far as the first NUL.
    [ "$found" ] || ! has busybox || found=$(look_into_environments "$2")
    for file in $found; do
      file=${file#/proc/}
      kill "-$1" "${file%/environ}" 2>/dev/null
    done
  elif has ps; then
    signal=$1 below=" $3 " known=
    while [ "$known" != "$below" ]; do
      known=$below
      set -- $(ps -A -o pid= -o ppid= 2>/dev/null)
      while [ $# -gt 1 ]; do
        case $below in *" $1 "*) ;; *" $2 "*) [ "$1" = "$guard" ] || below="$below$1 " ;; esac
        shift 2
      done
    done
    for pid in ${below#* * }; do kill "-$signal" "$pid" 2>/dev/null; done
  fi
}

look_into_environments() {
  for file in /proc/[0-9]*/environ; do
    line=
    IFS= read -r line <"$file"
    case $line in *"RACKHELM_RUN=$1"*) printf '%s\n' "$file" ;; esac
  done 2>/dev/null
}

# Sets `chain` to our parents, from the nearest on: it changes when the connection goes away.
look_at_parents() {
  chain= pid=$$ level=0
  while [ "$level" -lt 6 ] && [ "${pid:-0}" -gt 1 ] && read -r line <"/proc/$pid/stat"; do
    line=${line##*) }
    line=${line#* }
    pid=${line%% *}
    chain=$chain.$pid
    level=$((level + 1))
  done
}

# Beside everything: ends the tools when the time is over (those that have no watchdog of their own),
# when we were ended, and when nobody is there any more to hear the answer.
guard() {
  trap 'kill -9 "$!"; exit 0' USR1
  trap 'end_all; exit 0' TERM HUP INT
  guard=
  look_at_parents
  begin=$chain ticks=0
  while [ "$ticks" -lt 60 ] && has sleep; do
    sleep 1 &
    wait "$!"
    ticks=$((ticks + 1))
    look_at_parents
    if ! kill -0 "$$" || [ "$chain" != "$begin" ]; then
      kill -TERM "$$"
      end_all
      return
    fi
    [ "$ticks" -gt "$budget" ] && end_tools TERM "$RACKHELM_RUN" "$$"
    [ "$ticks" -gt $((budget + 1)) ] && end_tools KILL "$RACKHELM_RUN" "$$"
  done
}

end_all() {
  end_tools TERM "$RACKHELM_RUN" "$$"
  has sleep && RACKHELM_RUN= sleep 1
  end_tools KILL "$RACKHELM_RUN" "$$"
}

# --- two ways to run a tool -------------------------------------------------------------------

# Once we were ended, what is left of us asks nothing more.
part() {
  kill -0 "$$" 2>/dev/null || exit 1
  printf '\n%s part %s\n' "$mark" "$1"
}
close_part() { printf '\n%s exit %s\n' "$mark" "$1"; }

# quick LABEL COMMAND…: for what does not hang; to be used inside `limited`.
quick() {
  part "$1"
  shift
  if is_late; then close_part skipped; return 1; fi
  "$@" 2>&1
  code=$?
  # Ended by the guard.
  case $code in 137 | 143) is_late && code=late ;; esac
  close_part "$code"
  [ "$code" = 0 ]
}

is_late() {
  [ "$begun" ] && [ -r /proc/uptime ] || return 1
  look_at_clock
  [ "$now" ] && [ $((now - begun)) -gt "$budget" ]
}

# limited FUNCTION…: bounds the size of what it prints (one process for several small tools; what
# comes last suffers, so what may be long comes last).
limited() { "$@" | limit; }

# The head of a tiny busybox may have no -c: then it ends at once, with nothing read.
limit() {
  has head && RACKHELM_RUN= head -c "$group_max" 2>/dev/null && return
  n=0
  while IFS= read -r line; do
    n=$((n + ${#line} + 1))
    [ "$n" -gt "$group_max" ] && break
    printf '%s\n' "$line"
  done
}

# bounded LABEL SECONDS COMMAND…: for what may hang. The tool runs in a process of its own with a
# watchdog beside it; the reader of its output stops at the mark that either of them prints. So a
# tool that cannot even be killed (a dead NFS server, a GPU that fell off the bus) is left behind,
# holding neither our output nor our time. Returns 0 where it succeeded, 2 where it was too late.
bounded() {
  part "$1"
  tool=$1 seconds=$2
  shift 2
  if ! has sleep; then close_part no-sleep; return 1; fi
  if [ "$begun" ]; then
    look_at_clock
    left=$((begun + budget - now))
    if [ "$left" -lt 1 ]; then close_part skipped; return 1; fi
    [ "$left" -lt "$seconds" ] && seconds=$left
  fi
  { watched "$@" </dev/null 2>/dev/null & } | relay
}

watched() {
  RACKHELM_RUN=$RACKHELM_RUN.$tool.
  "$@" 2>&1 &
  child=$!
  watchdog &
  watch=$!
  wait "$child"
  code=$?
  kill "$watch"
  printf '\n%s exit %s\n' "$mark" "$code"
}

watchdog() {
  # $! is the tool until sleep has begun. KILL, since a shell that has just forked may lose TERM.
  trap '[ "$!" = "$child" ] || kill -9 "$!"; exit 0' TERM
  sleep "$seconds" >/dev/null &
  wait "$!"
  # With all that it has started: a wrapper that dies leaves its tool behind. What ignores the first
  # signal is told by the second, also when the tool itself is gone and we are not waited for any more.
  trap '' TERM
  end_tools TERM "$RACKHELM_RUN" "$child"
  kill "$child"
  RACKHELM_RUN= sleep 1
  end_tools KILL "$RACKHELM_RUN" "$child"
  kill -9 "$child"
  printf '\n%s late\n' "$mark"
}

# Each line that is printed by itself may become a packet of its own on the network: so in blocks.
relay() {
  n=0 code=late block=
  while IFS= read -r line; do
    case $line in
      "$mark exit "*) code=${line##* }; break ;;
      "$mark late") break ;;
    esac
    n=$((n + ${#line} + 1))
    if [ "$n" -gt "$max" ]; then code=too-large; break; fi
    block=$block$line$newline
    if [ ${#block} -gt 4096 ]; then printf %s "$block"; block=; fi
  done
  printf %s "$block"
  case $code in 137 | 143) code=late ;; esac
  close_part "$code"
  case $code in 0) return 0 ;; late) return 2 ;; *) return 1 ;; esac
}

# --- lane 1: the GPU ----------------------------------------------------------------------------

gpu_lane() {
  fields=index,uuid,name,driver_version,memory.total,memory.used,temperature.gpu,utilization.gpu
  fields=$fields,power.draw,enforced.power.limit
  bounded nvidia-smi 10 nvidia-smi "--query-gpu=$fields,clocks_event_reasons.active" \
    --format=csv,noheader,nounits
  # Older drivers know the last field under its former name.
  [ $? = 1 ] || return
  bounded nvidia-smi-older 10 nvidia-smi "--query-gpu=$fields,clocks_throttle_reasons.active" \
    --format=csv,noheader,nounits
  # Names alone are better than nothing.
  [ $? = 1 ] && bounded nvidia-smi-list 5 nvidia-smi -L
}

# --- lane 2: big binaries and daemons that answer late -------------------------------------------

# A stopped engine is told by its being there; only one that runs is asked for its version.
choose_engines() {
  engines=
  if has docker && is_there /run/docker.sock /var/run/docker.sock /run/user/*/docker.sock; then
    engines=docker
  elif containerd_runs; then
    engines=containerd
  fi
  has k3s && engines="$engines k3s"
  has kubelet && engines="$engines kubelet"
  has podman && engines="$engines podman"
  has crio && is_there /run/crio/crio.sock /var/run/crio/crio.sock && engines="$engines crio"
  has lldpcli && is_there /run/lldp*.socket /run/lldp*/*.socket /var/run/lldp*.socket &&
    engines="$engines lldp"
}

engine_lane() {
  compose=com.docker.compose
  container='[{{json .Names}},{{json .Image}},{{json (.Label "'$compose.project'")}},'
  container=$container'{{json (.Label "'$compose.service'")}},'
  container=$container'{{json (.Label "io.kubernetes.pod.name")}},{{json .Networks}},{{json .Ports}}]'
  for engine in $engines; do
    case $engine in
      # It also tells of its containerd, and so saves asking that big binary.
      docker)
        if bounded docker 4 docker version --format '{{json .}}'; then
          bounded docker-ps 3 docker ps --format "$container"
        elif containerd_runs; then
          bounded containerd 3 containerd --version
        fi
        ;;
      podman)
        bounded podman 3 podman --version
        # Asking makes what podman lacks, and of other users than root starts a process that stays.
        [ -w /run/libpod ] && [ -w /var/lib/containers/storage ] &&
          bounded podman-ps 3 podman ps --format json
        ;;
      lldp) bounded lldp 3 lldpcli -f json0 show neighbors ;;
      k3s | kubelet) bounded "$engine" 4 "$engine" --version ;;
      *) bounded "$engine" 3 "$engine" --version ;;
    esac
  done
}

containerd_runs() {
  has containerd && is_there /run/containerd/containerd.sock /run/docker/containerd/containerd.sock
}

is_there() {
  for file; do [ -e "$file" ] && return 0; done
  return 1
}

# --- lane 3: the machine itself -------------------------------------------------------------------

local_lane() {
  limited quick_ones
  synchronization
  block_devices
  file_systems
}

quick_ones() {
  files
  presence
  pods
  device_tree
  init_environment
  small_tools
  not_linux && other_system
}

not_linux() { [ ! -r /proc/sys/kernel/ostype ]; }

# BSD and macOS. A name that one of them lacks costs a line of complaint, which is not looked at.
other_system() {
  has sysctl && quick sysctl sysctl kern.hostname kern.hostuuid kern.boottime kern.vm_guest \
    kern.hv_vmm_present kern.osproductversion kern.smp.cpus kern.smp.cores \
    kern.smp.threads_per_core security.jail.jailed hw.model hw.machine hw.ncpu hw.ncpuonline \
    hw.logicalcpu hw.physicalcpu hw.packages hw.cpuspeed hw.physmem hw.physmem64 hw.realmem \
    hw.memsize hw.pagesize hw.vendor hw.product hw.version hw.serialno hw.uuid \
    machdep.cpu.brand_string machdep.cpu_brand machdep.dmi.system-vendor \
    machdep.dmi.system-product machdep.dmi.system-serial machdep.dmi.system-uuid \
    machdep.dmi.board-serial vm.loadavg vm.swapusage vm.stats.vm.v_page_size \
    vm.stats.vm.v_free_count vm.stats.vm.v_inactive_count
  has kenv && quick kenv kenv
  [ -r /proc/mounts ] || { has mount && quick mount mount; }
  if has swapinfo; then quick swap swapinfo -k; elif has swapctl; then quick swap swapctl -l -k; fi
  has vm_stat && quick vm_stat vm_stat
  has sw_vers && quick sw-vers sw_vers
  has ioreg && quick ioreg ioreg -r -d 1 -c IOPlatformExpertDevice
  [ -e /proc/1/comm ] || { has ps && quick ps ps -A -o comm=; }
}

# What was answered in the usual form could not be read.
plain_forms() {
  for tool in $(IFS=,; printf '%s ' $1); do
    case $tool in
      addresses) limited plain_addresses_and_files ;;
      routes) limited plain_routes_and_files ;;
      ports) limited port_files ;;
      lsblk) lsblk_pairs; block_files ;;
      df) bounded df-local 3 df -P -k -l; bounded df-plain 2 df -k ;;
      lldp) bounded lldp-pairs 3 lldpcli -f keyvalue show neighbors ;;
      gpu) bounded nvidia-smi-list 5 nvidia-smi -L ;;
      docker) bounded docker-plain 3 docker --version ;;
      time) has timedatectl && bounded timedatectl-status 2 timedatectl status ;;
    esac
  done
}

plain_addresses_and_files() {
  has ip && plain_addresses && return
  has ifconfig && quick ifconfig ifconfig -a
  show net-files /proc/net/fib_trie /proc/net/route
}

plain_routes_and_files() {
  has ip && plain_routes && return
  show routes-files /proc/net/route /proc/net/ipv6_route
}

small_tools() {
  has date && quick date date '+%s %z %Z'
  has uname && quick uname uname -s -r -m
  [ -r /proc/sys/kernel/hostname ] || { has uname && quick nodename uname -n; }
  # Where symbolic links point: time zone, whether an interface is virtual, its bridge or bond.
  has ls && quick links ls -ld /etc/localtime /sys/class/net/* /sys/class/net/*/master
  if has systemd-detect-virt; then
    quick virt systemd-detect-virt
  else
    has grep && quick hypervisor grep -m 1 -o -w -s hypervisor /proc/cpuinfo
  fi
  # In this order since a router may have a million routes.
  addresses
  ports
  routes
}

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

# Nothing above runs before this line has arrived: a script cut short does nothing at all.
main "$@" </dev/null
