#!/bin/sh
# systemctl of a node: what ends the machine goes to process 1, units that a step of the rack started
# (/usr/lib/rack/units) are looked after by a script of their own, and the rest by Debian's
# replacement where the node has it.
# Units have the environment of process 1 and not that of who asks, of which this would be told.
unset RACKHELM_RUN
units=/usr/lib/rack/units
verb='' options='' names=''
for word; do
  case $word in
    # Whoever starts K3s has to see it come up, or not: see service-manager/.
    k3s | k3s.service | k3s-agent | k3s-agent.service)
      # It is the node's process 1 that acts, and not who asks.
      unset LD_PRELOAD
      [ ! -x /usr/lib/rack/service-manager/systemctl.py ] ||
        exec /usr/lib/rack/service-manager/systemctl.py "$@"
      ;;
  esac
  case $word in
    -*) options="$options $word" ;;
    *) if [ -z "$verb" ]; then verb=$word; else names="$names $word"; fi ;;
  esac
done
case $verb in
  reboot | poweroff | halt) exec "/usr/sbin/$verb" ;;
  # The replacement reads its files each time anyway.
  daemon-reload | daemon-reexec | reset-failed) [ ! -x /usr/lib/rack/systemctl ] || exit 0 ;;
esac
if [ ! -x /usr/lib/rack/systemctl ]; then
  echo "System has not been booted with systemd as init system (PID 1). Can't operate." >&2
  echo 'Failed to connect to bus: Host is down' >&2
  exit 1
fi
# Only that one asks at a boot whether it is wanted; the others are always started.
wants=/etc/systemd/system/multi-user.target.wants
is_wanted() {
  [ "$1" != dphys-swapfile ] || [ -L "$wants/$1.service" ]
}
want() {
  case $verb in
    enable) ln -sf "/lib/systemd/system/$1.service" "$wants/$1.service" ;;
    disable) rm -f "$wants/$1.service" ;;
  esac
}
# $1: one of our units.
look_after() {
  unit=$units/$1
  case $verb in
    start | stop | reload) "$unit" "$verb" ;;
    restart | try-restart | reload-or-restart) "$unit" restart ;;
    is-active) if "$unit" runs; then echo active; else echo inactive && return 3; fi ;;
    status) if "$unit" runs; then echo "Active: active (running)"; else echo "Active: inactive (dead)" && return 3; fi ;;
    is-enabled) if is_wanted "$1"; then echo enabled; else echo disabled && return 1; fi ;;
    enable | disable | mask | unmask)
      [ "$1" != dphys-swapfile ] || want "$1"
      case "$options" in *--now*) "$unit" "$([ "$verb" = enable ] && echo start || echo stop)" ;; esac
      ;;
    show) if "$unit" runs; then echo ActiveState=active; else echo ActiveState=inactive; fi ;;
  esac
}
# Not there, which the replacement would not say as systemd does.
miss() {
  case $verb in
    is-active | show) echo inactive && return 3 ;;
    is-enabled) echo "Failed to get unit file state for $1.service: No such file or directory" >&2 && return 1 ;;
    *) echo "Failed to $verb $1.service: Unit $1.service not found." >&2 && return 5 ;;
  esac
}
worst=0 others=''
for word in $names; do
  name=${word%.service}
  case $name in
    # A pattern that no unit of the node has a name like.
    *'*'*) [ "$verb" != is-active ] || worst=3; continue ;;
  esac
  if [ -x "$units/$name" ]; then look_after "$name" || worst=$?
  else
    case $name in
      NetworkManager | systemd-networkd | networking | dhcpcd | dphys-swapfile) miss "$name" || worst=$? ;;
      *) others="$others $word" ;;
    esac
  fi
done
[ -z "$names" ] || [ -n "$others" ] || exit "$worst"
# shellcheck disable=SC2086 # names of units and options hold no spaces
/usr/lib/rack/systemctl $options $verb $others || worst=$?
exit "$worst"
