#!/bin/sh
# dhcpcd as a unit; see systemctl.sh.
pid=/run/dhcpcd/pid
runs() {
  [ -s "$pid" ] && kill -0 "$(cat "$pid")" 2>/dev/null
}
start() {
  mkdir -p /var/lib/dhcpcd
  runs || dhcpcd -q </dev/null >>/var/log/dhcpcd.log 2>&1
}
stop() {
  runs || return 0
  dhcpcd -x </dev/null >>/var/log/dhcpcd.log 2>&1
  tries=0
  while runs && [ "$tries" -lt 100 ]; do
    tries=$((tries + 1))
    sleep 0.02
  done
}
case $1 in
  restart)
    stop
    start
    ;;
  reload) dhcpcd -n </dev/null >>/var/log/dhcpcd.log 2>&1 ;;
  *) "$1" ;;
esac
