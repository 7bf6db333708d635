# Facts of one machine, for Rackhelm. Sent after frames.sh and looks.sh:  sh -s NONCE [SECONDS [TOOLS]]
#
# TOOLS, separated by commas: only these are asked, in their plain form, because what they said in
# their usual one could not be read (see electron/host/facts/evidence.ts). No root is needed.

main() { frames "$1" "${2:-}" tell_facts "${3:-}"; }

tell_facts() { if [ "$1" ]; then plain_forms "$1"; else lanes; fi; }

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

# Nothing above runs before this line has arrived: a script cut short does nothing at all.
main "$@" </dev/null
