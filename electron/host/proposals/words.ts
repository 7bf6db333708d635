import { isLoopback } from './seen-services.ts';
import type { Thing } from './thing.ts';

/** What was seen on one device, in sentences without a full stop, for a person. */
export function evidenceOf(thing: Thing): string[] {
  switch (thing.kind) {
    case 'service':
      return [...thing.notes, ...containerWords(thing), ...portWords(thing)];
    case 'vlan':
      return thing.links.map(({ interface: link, parent, source }) => {
        if (source === 'neighbour')
          return `the switch at ${link} says untagged VLAN ${thing.number}`;
        const upon = parent === null ? '' : ` upon ${parent}`;
        return source === 'name'
          ? `${link}${upon} is named after VLAN ${thing.number}`
          : `${link}${upon} carries VLAN ${thing.number}`;
      });
    case 'prefix':
      return thing.addresses.map(({ address, interface: link }) => `${address} on ${link}`);
  }
}

function containerWords({ container }: Extract<Thing, { kind: 'service' }>): string[] {
  if (container === null) return [];
  return [`${container.engine} container ${container.name} of ${container.image}`];
}

function portWords({ process, ports, container }: Extract<Thing, { kind: 'service' }>): string[] {
  return ports.map(({ protocol, port, addresses }) => {
    const who = process ?? (container === null ? 'an unnamed process' : 'it');
    return `${who} listens on ${protocol} ${port}, ${placeWords(addresses)}`;
  });
}

function placeWords(addresses: readonly string[]): string {
  if (addresses.includes('*')) return 'on all addresses';
  if (addresses.every(isLoopback)) return 'for this machine only';
  const shown = addresses.slice(0, 3).join(', ');
  const more = addresses.length - 3;
  return more > 0 ? `on ${shown} and ${more} more` : `on ${shown}`;
}
