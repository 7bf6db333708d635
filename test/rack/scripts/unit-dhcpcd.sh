#!/bin/sh
# dhcpcd as a unit; see systemctl.sh.
pid=/run/dhcpcd/pid
runs() {
  [ -s "$pid" ] && kill -0 "$(cat "$pid")" 2>/dev/null
}
start() {
  mkdir -p /var/lib/dhcpcd
  runs || dhcpcd -q
}
stop() {
  runs || return 0
  dhcpcd -x
  while runs; do sleep 0.02; done
}
case $1 in
  restart)
    stop
    start
    ;;
  reload) dhcpcd -n ;;
  *) "$1" ;;
esac
