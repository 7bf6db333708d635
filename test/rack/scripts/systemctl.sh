#!/bin/sh
# systemctl of a node: what ends the machine goes to process 1, the rest to Debian's replacement
# where the node has it. The node's sshd was started by a step of its own, not by a unit, so its unit
# is looked after here.
verb='' unit=''
for word; do
  case $word in
    -*) ;;
    *) if [ -z "$verb" ]; then verb=$word; else unit=${word%.service}; fi ;;
  esac
done
case $verb in
  reboot | poweroff | halt) exec "/usr/sbin/$verb" ;;
esac
if [ ! -x /usr/lib/rack/systemctl ]; then
  echo "System has not been booted with systemd as init system (PID 1). Can't operate." >&2
  echo 'Failed to connect to bus: Host is down' >&2
  exit 1
fi

runs() {
  [ -s /run/sshd.pid ] && kill -0 "$(cat /run/sshd.pid)" 2>/dev/null
}
stop() {
  runs || return 0
  pid=$(cat /run/sshd.pid)
  kill "$pid"
  while kill -0 "$pid" 2>/dev/null; do sleep 0.02; done
}
start() {
  runs || /etc/rack/start.d/50-sshd
}
case $unit:$verb in
  ssh:start | sshd:start) start ;;
  ssh:stop | sshd:stop) stop ;;
  ssh:*restart | sshd:*restart) /usr/sbin/sshd -t && stop && start ;;
  ssh:reload | sshd:reload) /usr/sbin/sshd -t && runs && kill -HUP "$(cat /run/sshd.pid)" ;;
  ssh:is-active | sshd:is-active)
    if runs; then echo active; else echo inactive; exit 3; fi
    ;;
  *) exec /usr/lib/rack/systemctl "$@" ;;
esac
