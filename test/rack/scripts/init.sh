#!/bin/sh
# Init of a node: starts what /etc/rack/start.d holds, says so on fd 3, then reaps for ever.
trap : HUP INT TERM
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
