import type { NodeBuild } from '../looks/index.ts';
import { scriptText } from '../scripts.ts';

/** For the legs that ask the router for their address. */
export function askForAddress(build: NodeBuild): void {
  const legs = build.spec.legs.filter((leg) => leg.dhcp);
  if (legs.length === 0) return;

  build.files.write('usr/share/udhcpc/default.script', scriptText('udhcpc.sh'), { mode: 0o755 });
  const ask = legs.map(
    (leg) =>
      `busybox udhcpc -i ${leg.interface} -t 20 -T 1 -A 1 -n -x hostname:${build.spec.name} -s /usr/share/udhcpc/default.script -p /run/udhcpc.${leg.interface}.pid`,
  );
  build.files.startStep('30-dhcp', 'set -e', ...ask);
}
