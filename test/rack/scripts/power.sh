#!/bin/sh
# The mains of one node: boots it, and boots it again when it went down for a restart, which the
# kernel and init.sh tell as the end by SIGHUP (129) or, when it is to stay off, by SIGINT (130).
# $1: the node's directory, $2: the switch's namespace, $3: capabilities that it lacks, $4: its lower
# layers, $5: its host name; then the cgroups it joins. fd 3: the starter, which hears of the first boot.
# In power/, from outside: `away` (tenths of a second that a restart takes), `never` (it stays away as
# long as this file is there); from here: `off` (switched off until this file is gone).
dir=$1 switch=$2 lacks=$3 layers=$4 name=$5
shift 5
cgroup=
[ $# -eq 0 ] || cgroup=--cgroup

boot() {
  # What ends with the power; see faults/index.ts.
  rm -rf "$dir/faults/until-restart"
  for group; do echo 0 >"$group" || exit 1; done
  # Its own clock since boot, where the kernel has such a thing.
  read -r up _ </proc/uptime
  up=${up%.*} clock=
  if [ -e /proc/self/ns/time ]; then clock="--time --boottime=-$up"; else up=0; fi
  # shellcheck disable=SC2086 # none or several words each
  exec unshare --mount --uts --ipc --pid $cgroup $clock --fork --kill-child \
    setpriv --bounding-set="$lacks" sh "${0%/*}/boot.sh" "$dir" "$layers" "$name" "$up"
}

cables() {
  ip -n "$switch" -batch "$dir/cables-$1"
}

while :; do
  boot "$@" &
  exec 3>&-
  wait "$!"
  # Any other end is somebody else's doing, who may have started the node anew already.
  case $? in 129) ;; 130) : >"$dir/power/off" ;; *) exit ;; esac
  cables down
  waited=0 away=10
  while [ "$waited" -lt "$away" ] || [ -e "$dir/power/never" ] || [ -e "$dir/power/off" ]; do
    sleep 0.1
    waited=$((waited + 1)) away=10
    [ ! -s "$dir/power/away" ] || read -r away <"$dir/power/away"
  done
  exec 3>"$dir/reports"
  cables up
done
