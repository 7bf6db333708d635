#!/bin/sh
# timedatectl of a node: synchronisation is on while /var/lib/systemd/timesync/clock is there, and has
# found the time once /run/systemd/timesync/synchronized is. The clock itself is this computer's.
on=/var/lib/systemd/timesync/clock found=/run/systemd/timesync/synchronized
verb='' value='' properties='' bare=''
while [ $# -gt 0 ]; do
  case $1 in
    -p | --property) properties="$properties $2"; shift ;;
    --property=*) properties="$properties ${1#*=}" ;;
    --value) bare=yes ;;
    -*) ;;
    *) if [ -z "$verb" ]; then verb=$1; else value=$1; fi ;;
  esac
  shift
done
yes_if() {
  if [ -e "$1" ]; then echo yes; else echo no; fi
}
zone=$(cat /etc/timezone 2>/dev/null || echo Etc/UTC)
case $verb in
  show)
    for pair in "Timezone=$zone" LocalRTC=no CanNTP=yes "NTP=$(yes_if $on)" "NTPSynchronized=$(yes_if $found)"; do
      case " $properties " in "  " | *" ${pair%%=*} "*) ;; *) continue ;; esac
      if [ -n "$bare" ]; then echo "${pair#*=}"; else echo "$pair"; fi
    done
    ;;
  '' | status)
    active=inactive
    [ ! -e $on ] || active=active
    echo "               Local time: $(date '+%a %F %T %Z')"
    echo "           Universal time: $(date -u '+%a %F %T UTC')"
    echo "                Time zone: $zone ($(date '+%Z, %z'))"
    echo "System clock synchronized: $(yes_if $found)"
    echo "              NTP service: $active"
    echo '          RTC in local TZ: no'
    ;;
  set-ntp | set-timezone)
    if [ "$(id -u)" -ne 0 ]; then
      echo 'Failed to set ntp: Interactive authentication required.' >&2
      exit 1
    fi
    case $verb:$value in
      set-timezone:*) echo "$value" >/etc/timezone ;;
      set-ntp:true | set-ntp:yes | set-ntp:1)
        mkdir -p "${on%/*}" "${found%/*}"
        touch "$on" "$found"
        ;;
      *) rm -f "$on" "$found" ;;
    esac
    ;;
  *)
    echo "Unknown command verb $verb." >&2
    exit 1
    ;;
esac
