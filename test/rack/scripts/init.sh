#!/bin/sh
# Init of a node: starts what /etc/rack/start.d holds, says so on fd 3, then reaps for ever, until it
# is told to restart (TERM, as busybox's own init knows it) or to switch off (USR1, USR2).

# Whoever asked sees its command end; then everything ends that listens to being asked.
end() {
  trap '' HUP INT TERM USR1 USR2
  sleep 0.1
  kill -TERM -1 2>/dev/null
  tries=0
  until set -- /proc/[0-9]*; [ $# -le 1 ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 40 ] || break
    sleep 0.05
  done
  # The kernel ends the rest with process 1, and power.sh takes it from here.
  exit "$ended"
}
trap : HUP
trap 'ended=129; end' TERM
trap 'ended=130; end' USR1 USR2

mkdir -p /var/log
# As any machine does: after a restart it has the name that its disk says.
[ ! -s /etc/hostname ] || hostname "$(cat /etc/hostname)"
for step in /etc/rack/start.d/*; do
  [ -x "$step" ] || continue
  "$step" </dev/null >>/var/log/boot.log 2>&1 3>&- || echo "failed $step" >&3
done
echo ready >&3
exec 3>&-
# `wait` also collects orphans that the kernel hands to process 1.
while :; do
  sleep 2147483647 &
  wait "$!"
done
