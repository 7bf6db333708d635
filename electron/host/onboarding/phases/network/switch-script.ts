import { quote } from '../../../connections/ssh/index.ts';
import type { Activation } from './renderer.ts';

/** On the machine: the old text, the new one, and the script that goes from one to the other and back. */
export const switchDirectory = '/var/lib/rackhelm/network';

/** An hour of them. */
const mostTries = 720;

export interface SwitchOptions {
  readonly path: string;
  readonly activation: Activation;
  /** Seconds after which the old configuration comes back by itself. */
  readonly seconds: number;
}

/**
 * The dead-man switch. It runs detached on the machine, so that losing the connection does not matter: it
 * puts the new file in place, brings it into effect, waits for `confirmed`, and else puts the old one back.
 * It counts its own seconds, so that no clock takes part. A machine that is restarted in the middle finds
 * a unit or a line for cron that does the same at boot. A file that is not to be there is said by `no-old` or
 * `no-new`: where neither is told, as when it goes back a second time, nothing is put anywhere. Where the old
 * file cannot be put back, as on a full disk, it is kept and tried again, at boot too.
 */
export function switchScript({ path, activation, seconds }: SwitchOptions): string {
  return `#!/bin/sh
# Rackhelm tries a network configuration; the old one comes back by itself unless that is confirmed.
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
cd /
directory=${switchDirectory} path=${quote(path)}
unit=/etc/systemd/system/rackhelm-network.service line=/etc/cron.d/rackhelm-network
wants=/etc/systemd/system/multi-user.target.wants
arm() {
  if [ -d /run/systemd/system ]; then
    printf '[Unit]\\nDescription=Put the old network configuration back\\n[Service]\\nType=oneshot\\nExecStart=/bin/sh %s back\\n' "$directory/switch" >"$unit"
    mkdir -p "$wants" && ln -sf "$unit" "$wants/rackhelm-network.service"
  elif [ -d /etc/cron.d ]; then
    printf '@reboot root /bin/sh %s back\\n' "$directory/switch" >"$line"
  fi
}
disarm() {
  rm -f "$unit" "$wants/rackhelm-network.service" "$line"
}
put() {
  if [ -e "$directory/$1" ]; then
    temporary=\${path%/*}/.rackhelm-network.tmp
    # A full disk has no room for a copy, but for a second name.
    cp -p "$directory/$1" "$temporary" || ln -f "$directory/$1" "$temporary" || {
      rm -f "$temporary"
      return 1
    }
    mv -f "$temporary" "$path" || return 1
    restorecon "$path" 2>/dev/null
  elif [ -e "$directory/no-$1" ]; then
    rm -f "$path" || return 1
  fi
  sync
}
activate() {
  from=$directory/$1
  ${activation.activate.join('\n  ')}
}
back() {
  tries=0
  until put old; do
    echo 'The old configuration could not be put back; it is tried again.'
    tries=$((tries + 1))
    [ "$tries" -lt ${mostTries} ] || exit 1
    sleep 5
  done
  activate new
  disarm
  echo 'The old configuration is back.'
  rm -f "$directory/old" "$directory/no-old" "$directory/new" "$directory/text"
  : >"$directory/ended"
}
trap '' HUP
exec >>"$directory/log" 2>&1
echo $$ >"$directory/pid"
[ "$1" != back ] || { back; exit; }
arm
sleep 1
put new || : >"$directory/failed"
[ -e "$directory/failed" ] || { activate old && : >"$directory/up"; } || : >"$directory/failed" &
activating=$!
waited=0
while [ "$waited" -lt ${seconds} ] && [ ! -e "$directory/confirmed" ] && [ ! -e "$directory/failed" ]; do
  sleep 1
  waited=$((waited + 1))
done
: >"$directory/closed"
if [ -e "$directory/confirmed" ]; then
  disarm
  rm -rf "$directory"
  rmdir "\${directory%/*}" 2>/dev/null
else
  kill "$activating" 2>/dev/null
  back
fi
`;
}

/** $1: the path; $2: its sum as it was seen, empty where it was not there; $3: the mode of a new file. */
export const prepareScript = `
cd ${switchDirectory} || exit 1
umask 077
fail() { echo "$*" >&2; exit 1; }
if [ -e "$1" ]; then
  cp -p "$1" old && cp -p "$1" new || exit 1
  [ "$(sha256sum <old | cut -d ' ' -f 1)" = "$2" ] || exit 3
else
  [ -z "$2" ] || exit 3
  : >no-old || exit 1
fi
if [ -e text ]; then
  cat text >new || exit 1
  [ -e old ] || chmod "$3" new || exit 1
else
  rm -f new
  : >no-new || exit 1
fi
`;

/** $1: run or back. Started so that neither the end of this login nor that of sshd ends it. */
export const startScript = `
unset RACKHELM_RUN
: >${switchDirectory}/started || exit 1
if [ -d /run/systemd/system ] && command -v systemd-run >/dev/null; then
  systemd-run --quiet --collect --unit="rackhelm-network-$$" /bin/sh ${switchDirectory}/switch "$1" && exit 0
fi
setsid=setsid
command -v setsid >/dev/null || setsid=
$setsid sh ${switchDirectory}/switch "$1" </dev/null >/dev/null 2>&1 &
`;

/** `none`, `prepared`: nothing was changed, `running`, `broken`: it ended in the middle, `ended`. */
export const trialScript = `
cd ${switchDirectory} 2>/dev/null || { echo none; exit 0; }
if [ -e ended ]; then echo ended
elif [ ! -e started ]; then echo prepared
elif [ -s pid ] && kill -0 "$(cat pid)" 2>/dev/null; then echo running
else echo broken; fi
`;

export const statusScript = `
cd ${switchDirectory} 2>/dev/null || { echo gone; exit 0; }
if [ -e ended ]; then echo ended; cat log; elif [ -e up ]; then echo up; else echo trying; fi
`;

/** Too late once the switch has closed. */
export const confirmScript = `
cd ${switchDirectory} || exit 1
[ ! -e closed ] && : >confirmed && [ ! -e closed ]
`;

export const cleanScript = `rm -rf ${switchDirectory}; rmdir ${switchDirectory.replace(/\/[^/]*$/, '')} 2>/dev/null; true`;
