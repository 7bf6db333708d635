#!/bin/sh
# systemd's own networkd as a unit, with a message bus for networkctl; see systemctl.sh.
runs() {
  pgrep -f '^/usr/lib/systemd/systemd-networkd' >/dev/null
}
start() {
  ! runs || return 0
  mkdir -p /run/dbus /run/systemd/netif/links /run/systemd/netif/leases /run/systemd/netif/lldp
  chown -R systemd-network:systemd-network /run/systemd/netif
  [ -S /run/dbus/system_bus_socket ] || dbus-daemon --system --fork
  setsid /usr/lib/systemd/systemd-networkd </dev/null >>/var/log/networkd.log 2>&1 &
  # Not until it is content: without a router's advertisements that takes it seconds.
  tries=0
  until ip -o -4 addr show scope global | grep -q inet; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || return 1
    sleep 0.02
  done
}
stop() {
  pkill -f '^/usr/lib/systemd/systemd-networkd'
  while runs; do sleep 0.02; done
}
case $1 in
  restart)
    stop
    start
    ;;
  reload) networkctl reload ;;
  *) "$1" ;;
esac
