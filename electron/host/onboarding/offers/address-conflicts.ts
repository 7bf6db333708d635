import { formatAddress, parseAddress } from '../../../../shared/network/address.ts';
import { parseHostAddress, prefixOf, usableRange } from '../../../../shared/network/prefix.ts';
import { containsAddress } from '../../../../shared/network/range.ts';
import type { AddressAnswer } from '../../../../shared/onboarding/answers.ts';
import type { Draft } from '../../../../shared/onboarding/draft.ts';
import type { Conflict } from '../../../../shared/onboarding/offers.ts';
import type { Database } from '../../db/index.ts';
import type { About } from './about.ts';

/** What speaks against the addresses of a machine. */
export function addressConflicts(db: Database, draft: Draft, about: About): Conflict[] {
  const { machine, say } = about;
  const links = new Set(machine.facts?.links.map(({ name }) => name));
  return machine.answers.addresses.flatMap((answer) => {
    if (machine.facts !== null && !links.has(answer.interface)) {
      return say('addresses', 'blocks', `It has no interface ${answer.interface}.`);
    }
    return [...formConflicts(answer, about), ...takenConflicts(db, draft, { ...about, answer })];
  });
}

function formConflicts({ address: text, gateway, dns }: AddressAnswer, { say }: About): Conflict[] {
  const parsed = parseHostAddress(text);
  if (parsed === undefined || !text.includes('/')) {
    return [say('addresses', 'blocks', `${text} is no address with its prefix length.`)];
  }
  const prefix = prefixOf(parsed.address, parsed.length);
  const found: Conflict[] = [];
  if (!containsAddress(usableRange(prefix), parsed.address)) {
    found.push(
      say('addresses', 'blocks', `${text} is the address of the network or of all in it.`),
    );
  }
  if (gateway !== null) {
    const way = parseAddress(gateway);
    if (way === undefined || !containsAddress(prefix, way)) {
      found.push(
        say(
          'addresses',
          'blocks',
          `The gateway ${gateway} does not lie in the network of ${text}.`,
        ),
      );
    } else if (way.value === parsed.address.value) {
      found.push(say('addresses', 'blocks', `${gateway} cannot be its own gateway.`));
    }
  }
  const wrong = dns.find((server) => parseAddress(server) === undefined);
  if (wrong !== undefined)
    found.push(say('addresses', 'blocks', `${wrong} is no address of a DNS server.`));
  return found;
}

function takenConflicts(
  db: Database,
  draft: Draft,
  { machine, say, answer }: About & { readonly answer: AddressAnswer },
): Conflict[] {
  const parsed = parseHostAddress(answer.address);
  if (parsed === undefined) return [];
  const address = formatAddress(parsed.address);
  const others = draft.machines.filter(({ id }) => id !== machine.id);
  const twice = others.some(({ answers }) =>
    answers.addresses.some((other) => other.address.split('/')[0] === address),
  );
  if (twice) return [say('addresses', 'blocks', `Two machines would have ${address}.`)];
  const carriers = db.tables.identities.carriers({ kind: 'address', value: address }, 3);
  const { identity } = machine.answers;
  const replaced = identity?.as === 'replacement' ? identity.deviceId : null;
  const holder = carriers.find(
    ({ deviceId }) => deviceId !== machine.deviceId && deviceId !== replaced,
  );
  if (holder !== undefined) {
    return [say('addresses', 'blocks', `${address} belongs to ${holder.deviceName}.`)];
  }
  const uses = db.tables.addresses.uses(parsed.address);
  const kept = uses.find(({ what }) => what === 'gateway');
  if (kept) return [say('addresses', 'blocks', `${address} is the gateway of ${kept.name}.`)];
  const range = uses.find(({ what }) => what === 'range');
  if (range)
    return [
      say('addresses', 'warns', `${address} lies in ${range.name}, which is given out or kept.`),
    ];
  return db.tables.addresses.prefixLengthAt(parsed.address) === undefined
    ? [say('addresses', 'warns', `${address} lies in no prefix of the inventory.`)]
    : [];
}
