import type { DeviceKind } from '../../../shared/model/inventory.ts';
import type { LibraryDocument } from './library-document.ts';

/** Words of names and comments that leave no doubt. */
const words: readonly (readonly [RegExp, DeviceKind])[] = [
  [/\bups\b|smart-ups|back-ups|5px|5sc/i, 'ups'],
  [/\bpdu\b|rack pdu/i, 'pdu'],
  [/access point|\buap\b|\bu6\b|\bu7\b|wi-?fi \d/i, 'access-point'],
  [/router|gateway|firewall|\bfortigate|\bpfsense|\bopnsense/i, 'router'],
  [/switch|catalyst|\busw\b|\bcrs\d/i, 'switch'],
  [/\bnas\b|diskstation|rackstation|synology|qnap|truenas/i, 'nas'],
  [/raspberry|jetson|\brock\b|orange pi|odroid|single.board/i, 'sbc'],
  [/server|poweredge|proliant|thinksystem/i, 'server'],
];

/** The library does not say what a type is; its ports and its name mostly do. */
export function guessKind(document: LibraryDocument): DeviceKind {
  const { interfaces, manufacturer, model } = document;
  const outlets = document['power-outlets'].length;
  const about = `${manufacturer} ${model} ${document.comments ?? ''}`;
  if (outlets >= 2) return /ups/i.test(about) ? 'ups' : 'pdu';
  const wired = interfaces.filter(({ type }) => type !== null && /base/.test(type));
  const found = words.find(([pattern]) => pattern.test(about));
  if (found !== undefined) return found[1];
  if (wired.length >= 5) return 'switch';
  return 'other';
}
