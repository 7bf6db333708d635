#!/bin/sh
# NetworkManager as a unit, with a message bus; see systemctl.sh.
pid=/run/NetworkManager/NetworkManager.pid
runs() {
  [ -s "$pid" ] && kill -0 "$(cat "$pid")" 2>/dev/null
}
start() {
  ! runs || return 0
  mkdir -p /run/dbus /var/lib/NetworkManager
  [ -S /run/dbus/system_bus_socket ] || dbus-daemon --system --fork
  NetworkManager </dev/null >>/var/log/NetworkManager.log 2>&1
  nm-online -q -t 5
}
stop() {
  runs || return 0
  kill "$(cat "$pid")"
  while runs; do sleep 0.02; done
}
case $1 in
  restart)
    stop
    start
    ;;
  reload) nmcli general reload ;;
  *) "$1" ;;
esac
