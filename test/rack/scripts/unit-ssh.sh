#!/bin/sh
# The node's sshd as a unit; see systemctl.sh.
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
# It starts itself anew, and writes its process id once it listens.
reload() {
  pid=$(cat /run/sshd.pid)
  rm /run/sshd.pid
  kill -HUP "$pid"
  until [ -s /run/sshd.pid ] || ! kill -0 "$pid" 2>/dev/null; do sleep 0.02; done
}
case $1 in
  restart) /usr/sbin/sshd -t && stop && start ;;
  reload) /usr/sbin/sshd -t && runs && reload ;;
  *) "$1" ;;
esac
