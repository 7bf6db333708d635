#!/bin/sh
# reboot, poweroff, halt, shutdown and the verbs of systemctl that mean the same: asks process 1,
# which is init.sh and knows no other way. Installed under each of these names.
name=${0##*/}
waiting=/run/rack-shutdown.pid

refuse() {
  echo "$name: $1" >&2
  exit 1
}

# $1: TERM restarts, USR2 switches off.
now() {
  kill "-$1" 1
  exit
}

later() {
  case $2 in
    now) now "$1" ;;
    +*) minutes=${2#+} ;;
    *) refuse "Failed to parse time specification: $2" ;;
  esac
  case $minutes in
    0) now "$1" ;;
    '' | *[!0-9]*) refuse "Failed to parse time specification: $2" ;;
  esac
  setsid sh -c 'sleep "$1"; kill "-$2" 1' "$name" "$((minutes * 60))" "$1" </dev/null >/dev/null 2>&1 &
  echo "$!" >"$waiting"
  echo "Shutdown scheduled, use 'shutdown -c' to cancel." >&2
}

[ "$(id -u)" -eq 0 ] || refuse 'Must be root.'
signal=USR2 force=
case $name in reboot) signal=TERM ;; esac
for word; do
  shift
  case $word in
    -r | --reboot) signal=TERM ;;
    -P | -p | -h | -H | --poweroff | --halt) signal=USR2 ;;
    -f | --force | -ff) force=yes ;;
    -c)
      [ ! -s "$waiting" ] || kill -TERM -- "-$(cat "$waiting")" 2>/dev/null
      rm -f "$waiting"
      exit
      ;;
    -*) ;;
    *) set -- "$@" "$word" ;;
  esac
done
[ -z "$force" ] || sync
case $name in
  shutdown) later "$signal" "${1:-+1}" ;;
  *) now "$signal" ;;
esac
