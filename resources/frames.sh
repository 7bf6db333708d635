# What every script for a machine stands on, for Rackhelm: it is sent before the script itself, which
# then says in its last line what it wants done. `frames NONCE SECONDS WORK…` prints parts between
# marks that carry the nonce; everything else (banners, profiles) is ignored by the reader:
#     @@NONCE begin 1
#     @@NONCE part LABEL
#     …what the tool printed, stdout and stderr…
#     @@NONCE exit CODE        a number, or: late, too-large, skipped, no-sleep
#     @@NONCE end
# A part that is not there means that the tool is not there, or that what came before was too long:
# the part `presence` tells which tools there are. Files come as `PATH:LINE`.
#
# Rules: POSIX sh (dash, bash, busybox ash); every tool may be missing; nothing is written on the
# machine; few forks (a small board takes some ms for each); whatever may hang is bounded and left
# behind, also where it cannot be killed. Raw output is read on our side, not here.

# SECONDS, of the whole, may be empty.
frames() {
  nonce=$1
  case $nonce in '' | *[!0-9a-f]*) echo 'the nonce must be lower-case hex' >&2; exit 64 ;; esac
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
  shift 2
  "$@"
  kill -USR1 "$guard" 2>/dev/null
  printf '\n%s end\n' "$mark"
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
