# What the graphics processors of one machine do, for Rackhelm. Sent after frames.sh:
#     sh -s NONCE SECONDS MORE
#
# MORE: `now`: the cards and who holds their memory; `names`: also what engines call their containers;
# `all`: also the kernel's log of the cards, the driver and what containers need to reach them. No root is needed; what only root may read is told as that.

main() { frames "$1" "${2:-}" tell_gpus "${3:-now}"; }

tell_gpus() {
  has nvidia-smi && nvidia
  has rocm-smi && bounded rocm-smi 10 rocm-smi --showproductname --showuniqueid --showbus --showuse \
    --showmemuse --showmeminfo vram --showtemp --showpower --showclocks --showfan --json
  has rocm-smi && bounded rocm-smi-pids 10 rocm-smi --showpids --json
  has tegrastats && bounded tegrastats 4 first_line tegrastats --interval 500
  has intel_gpu_top && bounded intel_gpu_top 4 intel
  if [ "$1" != now ]; then
    has docker && bounded docker-names 5 docker ps --no-trunc --format '{{.ID}} {{.Names}}'
    has podman && bounded podman-names 5 podman ps --no-trunc --format '{{.ID}} {{.Names}}'
  fi
  [ "$1" = all ] && has docker && bounded engine 8 docker info --format \
    '{"version":{{json .ServerVersion}},"runtimes":{{json .Runtimes}},"default":{{json .DefaultRuntime}}}'
  limited small "$1"
}

small() {
  quick memory grep -E '^(MemTotal|MemAvailable):' /proc/meminfo
  quick cards drm_cards
  [ "$1" = all ] || return
  quick kernel kernel_log
  quick driver driver
  quick toolkit toolkit
}

# --- NVIDIA --------------------------------------------------------------------------------------

nvidia() {
  fields=index,uuid,name,pci.bus_id,driver_version,utilization.gpu,utilization.memory,memory.used
  fields=$fields,memory.total,temperature.gpu,power.draw,enforced.power.limit,clocks.sm,clocks.max.sm
  fields=$fields,clocks.mem,fan.speed,pcie.link.gen.current,pcie.link.width.current,pcie.link.gen.max
  fields=$fields,pcie.link.width.max,ecc.errors.corrected.volatile.total
  fields=$fields,ecc.errors.uncorrected.volatile.total
  bounded nvidia 10 nvidia-smi "--query-gpu=$fields,clocks_event_reasons.active" \
    --format=csv,noheader,nounits
  case $? in
    0) ;;
    # It hangs: whatever else it is asked hangs too.
    2) return ;;
    # Older drivers know the last field under its former name.
    *) bounded nvidia-older 10 nvidia-smi "--query-gpu=$fields,clocks_throttle_reasons.active" \
      --format=csv,noheader,nounits || bounded nvidia-list 5 nvidia-smi -L ;;
  esac
  bounded nvidia-processes 10 nvidia_processes
}

# What is learned of a process stands on lines that begin with its number, so that nothing that it says
# of itself can pass for another's.
nvidia_processes() {
  rows=$(nvidia-smi --query-compute-apps=gpu_uuid,pid,process_name,used_memory \
    --format=csv,noheader,nounits 2>&1)
  code=$?
  printf '%s\n' "$rows"
  [ "$code" = 0 ] || return "$code"
  printf '%s\n' "$rows" | while IFS=, read -r _ pid _; do about "${pid# }"; done
  return 0
}

about() {
  case $1 in '' | *[!0-9]*) return ;; esac
  case $seen in *" $1 "*) return ;; esac
  seen="$seen $1 "
  sed "s/^/$1 cgroup /" "/proc/$1/cgroup"
  tr '\n\0' ' \n' <"/proc/$1/cmdline" | head -n 64 | cut -c 1-400 | sed "s/^/$1 argument /"
  # What uses the last of many cores may have been renamed; the arguments may be gone.
  sed "s/^/$1 comm /" "/proc/$1/comm"
} 2>/dev/null
seen=' '

# --- others --------------------------------------------------------------------------------------

# Tools that go on for ever are ended once they have told enough.
first_line() { "$@" 2>&1 | head -n 1; }

intel() {
  # An array that never ends, of one object after the other.
  intel_gpu_top -J -s 1000 2>&1 | head -n 400
}

# Cards for which no tool is there are told by the kernel.
drm_cards() {
  for card in /sys/class/drm/card[0-9] /sys/class/drm/card[0-9][0-9]; do
    [ -r "$card/device/vendor" ] || continue
    read -r vendor <"$card/device/vendor"
    busy= used= total=
    [ -r "$card/device/gpu_busy_percent" ] && read -r busy <"$card/device/gpu_busy_percent"
    [ -r "$card/device/mem_info_vram_used" ] && read -r used <"$card/device/mem_info_vram_used"
    [ -r "$card/device/mem_info_vram_total" ] && read -r total <"$card/device/mem_info_vram_total"
    link=$(readlink -f "$card/device" 2>/dev/null)
    printf '%s,%s,%s,%s,%s\n' "$vendor" "${link##*/}" "$busy" "$used" "$total"
  done
  return 0
}

# --- what is looked at now and then --------------------------------------------------------------

kernel_log() {
  pattern='NVRM: (Xid|.*fallen off|API mismatch)|amdgpu.*(ring .* timeout|GPU reset|VM_L2_PROTECTION_FAULT)|i915.*GPU HANG'
  if lines=$(dmesg 2>/dev/null) && [ "$lines" ]; then
    from=dmesg
  elif lines=$(journalctl -k -b -q --no-pager -o short-monotonic 2>/dev/null) && [ "$lines" ]; then
    from=journalctl
  else
    return 1
  fi
  printf '%s\n' "$from"
  printf '%s\n' "$lines" | grep -E "$pattern" | tail -n 200 | cut -c 1-400
  return 0
}

driver() {
  [ -r /proc/driver/nvidia/version ] && sed -n '1s/^/loaded /p' /proc/driver/nvidia/version
  has modinfo && modinfo -F version nvidia 2>/dev/null | sed 's/^/installed /'
  for device in /dev/nvidiactl /dev/nvidia-uvm /dev/kfd /dev/dri; do
    [ -e "$device" ] && printf 'device %s\n' "$device"
  done
  # A card without a driver, by the bus.
  for card in /sys/bus/pci/devices/*; do
    read -r class <"$card/class"
    case $class in 0x03*) ;; *) continue ;; esac
    read -r vendor <"$card/vendor"
    bound=$(readlink "$card/driver")
    printf 'card %s %s %s\n' "${card##*/}" "$vendor" "${bound##*/}"
  done 2>/dev/null
  return 0
}

toolkit() {
  for tool in nvidia-ctk nvidia-container-cli nvidia-container-runtime; do
    has "$tool" && printf 'tool %s %s\n' "$tool" "$("$tool" --version 2>/dev/null | head -n 1)"
  done
  for file in /etc/cdi/* /var/run/cdi/*; do
    [ -f "$file" ] && printf 'cdi %s\n' "$file"
  done
  return 0
}

# Nothing above runs before this line has arrived: a script cut short does nothing at all.
main "$@" </dev/null
