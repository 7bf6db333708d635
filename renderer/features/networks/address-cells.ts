import type { AddressMap, TakenAddress } from '../../../shared/model/networks.ts';
import { type Address, formatAddress, parseAddress } from '../../../shared/network/address.ts';
import { placeInPrefix } from '../../../shared/network/address-map.ts';
import { parsePrefix } from '../../../shared/network/prefix.ts';
import { isolated } from '../../ui/isolate.ts';
import { rangeWord } from './network-words.ts';

type CellState =
  | 'free'
  | 'used'
  | 'virtual'
  | 'reserved'
  | 'gateway'
  | 'network'
  | 'broadcast'
  | 'anycast';

/** One address of the map as it is drawn. */
export interface AddressCell {
  readonly address: string;
  /** Its end, which tells it from its neighbours: `.17`. */
  readonly end: string;
  readonly state: CellState;
  /** Of the range that it lies in: its role, and whether it begins there. */
  readonly range: { readonly id: string; readonly role: string; readonly begins: boolean } | null;
  readonly taken: TakenAddress | null;
  /** Who has it, in short. */
  readonly who: string | null;
  /** Two have it. */
  readonly twice: boolean;
}

/** The addresses of a map that is drawn one by one, in order; none of another. */
export function cellsOf(map: AddressMap): AddressCell[] {
  const prefix = parsePrefix(map.prefix);
  if (prefix === undefined || map.drawn.form !== 'cells') return [];
  const taken = new Map(map.drawn.taken.map((one) => [one.address, one]));
  const ranges = map.ranges.flatMap(({ id, role, first, last }) => {
    const [from, to] = [parseAddress(first), parseAddress(last)];
    return from && to ? [{ id, role, first: from.value, last: to.value }] : [];
  });
  return Array.from({ length: map.drawn.count }, (_, index) => {
    const at: Address = { family: prefix.family, value: prefix.first + BigInt(index) };
    const address = formatAddress(at);
    const one = taken.get(address) ?? null;
    const range = ranges.find(({ first, last }) => first <= at.value && at.value <= last);
    return {
      address,
      end: endOf(at),
      state: stateOf(one) ?? placeInPrefix(prefix, at.value) ?? 'free',
      range: range
        ? {
            id: range.id,
            role: range.role,
            begins: range.first === at.value || index === 0,
          }
        : null,
      taken: one,
      who: one && whoOf(one),
      twice: one !== null && isTwice(one),
    };
  });
}

/** `17`, or of IPv6 the last group. */
function endOf({ family, value }: Address): string {
  return family === 4 ? String(value & 0xffn) : (value & 0xffffn).toString(16);
}

/** The same address on several interfaces, where none of them is meant to share it. */
function isTwice({ uses }: TakenAddress): boolean {
  const own = uses.filter((use) => use.type === 'address');
  return own.length > 1 && own.some(({ role }) => role !== 'anycast' && role !== 'virtual');
}

function stateOf(one: TakenAddress | null): CellState | null {
  if (one === null) return null;
  if (one.uses.some(({ type }) => type === 'gateway')) return 'gateway';
  const own = one.uses.find((use) => use.type === 'address');
  if (own === undefined) return 'reserved';
  return own.role === 'virtual' || own.role === 'anycast' ? 'virtual' : 'used';
}

function whoOf({ uses }: TakenAddress): string | null {
  for (const use of uses) {
    if (use.type === 'address' && use.deviceName !== null) return use.deviceName;
    if (use.type === 'address' && use.role === 'virtual')
      return use.dnsName ?? use.sharing ?? 'virtual';
    if (use.type === 'reservation') return use.deviceName ?? use.hostname ?? use.mac;
  }
  return uses.some(({ type }) => type === 'gateway') ? 'gateway' : null;
}

const stateWords: Readonly<Record<CellState, string>> = {
  free: 'free',
  used: 'in use',
  virtual: 'virtual',
  reserved: 'reserved',
  gateway: 'gateway',
  network: 'address of the network',
  broadcast: 'broadcast',
  anycast: 'any router',
};

/** `10.0.0.17, in use by pi-1, DHCP`. */
export function cellText({ address, state, range, who, twice }: AddressCell): string {
  return [
    address,
    who === null || state === 'gateway'
      ? `${stateWords[state]}${who !== null && who !== 'gateway' ? `, ${isolated(who)}` : ''}`
      : `${stateWords[state]}: ${isolated(who)}`,
    ...(range === null ? [] : [`range: ${rangeWord(range.role)}`]),
    ...(twice ? ['several have it'] : []),
  ].join(', ');
}

/** What pressing an arrow key on the map leads to; null: nowhere. */
export function stepFrom(
  key: string,
  { at, count, columns }: { readonly at: number; readonly count: number; readonly columns: number },
): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
  };
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = steps[key];
  if (step === undefined) return null;
  const next = at + step;
  return next < 0 || next >= count ? at : next;
}
