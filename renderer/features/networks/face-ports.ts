import type { SwitchPort } from '../../../shared/model/networks.ts';
import type { FacePort } from '../../ui/face-plate/face-plate.tsx';
import { isolated } from '../../ui/isolate.ts';
import { speedText } from './network-words.ts';

/** Kinds of interfaces that have no place on the front of a device. */
const virtualKinds = new Set([
  'bridge',
  'vlan',
  'bond',
  'lag',
  'loopback',
  'veth',
  'tun',
  'tap',
  'dummy',
  'wireguard',
  'vxlan',
  'macvlan',
  'virtual',
  'container',
]);

export const isOnFront = ({ kind, type }: SwitchPort): boolean =>
  !virtualKinds.has(kind) && type !== 'virtual' && type !== 'lag' && type !== 'bridge';

/** The port as the face plate draws it: its untagged VLAN, how many tagged, what hangs on it. */
export function facePort(port: SwitchPort): FacePort {
  const untagged = port.vlans.find(({ tagged }) => !tagged);
  const tagged = port.vlans.filter((vlan) => vlan.tagged).length;
  return {
    id: port.id,
    name: port.name,
    type: port.type,
    text: portText(port),
    ...(untagged && {
      mark: { text: String(untagged.number), tone: untagged.traffic ?? 'none' },
    }),
    ...(tagged > 0 && { more: `+${tagged}` }),
    link: linkOf(port),
    disabled: port.disabled,
    power: port.poe !== null,
  };
}

function linkOf({ cable, lldp, doubtful }: SwitchPort): FacePort['link'] {
  if (doubtful) return 'doubtful';
  if (cable !== null) return 'cable';
  return lldp === null ? undefined : 'seen';
}

/** `pi-1 eth0`, or the cable where its other end is loose. */
export function peerText(port: SwitchPort): string | null {
  const ends = port.cable?.ends ?? [];
  if (ends.length > 0) {
    return ends
      .map(({ deviceName, portName }) => isolated(`${deviceName ?? ''} ${portName ?? ''}`.trim()))
      .join(', ');
  }
  if (port.cable !== null) return `cable ${isolated(port.cable.label)}, loose at the other end`;
  return null;
}

/** What LLDP says hangs on it. */
export function seenText({ lldp }: SwitchPort): string | null {
  if (lldp === null) return null;
  return isolated(`${lldp.deviceName ?? 'a machine'} ${lldp.portName ?? ''}`.trim());
}

/** Everything about a port in a line. */
export function portText(port: SwitchPort): string {
  const untagged = port.vlans.find(({ tagged }) => !tagged);
  const tagged = port.vlans.filter((vlan) => vlan.tagged);
  const [peer, seen] = [peerText(port), seenText(port)];
  return [
    isolated(port.name),
    ...(port.disabled ? ['switched off'] : []),
    untagged ? `untagged ${untagged.number} ${isolated(untagged.name)}` : 'no untagged VLAN',
    ...(tagged.length > 0
      ? [
          `tagged ${tagged
            .slice(0, 8)
            .map(({ number }) => number)
            .join(' ')}`,
        ]
      : []),
    ...(peer === null ? [] : [`to ${peer}`]),
    ...(seen === null ? [] : [`${port.doubtful ? 'but ' : ''}LLDP sees ${seen}`]),
    ...(peer === null && seen === null ? ['nothing on it'] : []),
    ...(port.speedMbps === null ? [] : [speedText(port.speedMbps)]),
    ...(port.poe === null ? [] : [`PoE ${isolated(port.poe)}`]),
  ].join(', ');
}
