import type {
  IdentityKind,
  IdentityReason,
  IdentityWeight,
} from '../../../../shared/model/identity.ts';
import type { KnownKey } from '../../db/index.ts';
import { macGrade } from './mac-grade.ts';
import { type ReadingKeys, shortHostname } from './reading-keys.ts';

/**
 * How one side of a machine stands to what is known of a device. `leans` and `doubts` are weak forms
 * of `agrees` and `differs`; `mixed`: strong reasons for both; `silent`: nothing to compare. Cards
 * alone know `one`: they agree by a single card, which may have moved.
 */
export type Stance = 'agrees' | 'one' | 'leans' | 'mixed' | 'silent' | 'doubts' | 'differs';

/**
 * Whether it stands where the device stood. `both`: reached by the same way and called the same;
 * `hint`: an address at most; `against`: called otherwise and reached otherwise.
 */
export type Place = 'both' | 'way' | 'name' | 'hint' | 'none' | 'against';

export interface Weighed {
  readonly board: Stance;
  readonly system: Stance;
  readonly cards: Stance;
  readonly disk: Stance;
  readonly place: Place;
  /** The weightiest first. */
  readonly reasons: readonly IdentityReason[];
}

export interface WeighInput {
  readonly reading: ReadingKeys;
  readonly known: readonly KnownKey[];
  /** How many devices of the inventory carry this key, this one included. */
  readonly carriers: (kind: IdentityKind, value: string) => number;
  /** Kinds that are no evidence this time. */
  readonly except?: ReadonlySet<IdentityKind>;
}

/** What each kind is worth where it stands on one device alone, and where it is another. */
const worth: Readonly<
  Record<Exclude<IdentityKind, 'mac'>, readonly [IdentityWeight, IdentityWeight]>
> = {
  'product-uuid': ['strong', 'strong'],
  serial: ['strong', 'strong'],
  'board-serial': ['strong', 'strong'],
  // Blades share a chassis, and a chassis outlives its board.
  'chassis-serial': ['weak', 'weak'],
  'machine-id': ['strong', 'strong'],
  'host-id': ['strong', 'strong'],
  // Copied with an image, renewed at will, and a server has one of each type.
  'ssh-host-key': ['weak', 'weak'],
  disk: ['strong', 'weak'],
  hostname: ['weak', 'weak'],
  'ssh-target': ['weak', 'faint'],
  address: ['faint', 'faint'],
};
/** That they are other ones says nothing: a machine has many, and people renumber. */
const onlyAgree: ReadonlySet<IdentityKind> = new Set(['ssh-target', 'address']);

/** A key of so many devices came with an image or a maker's default. */
const carriersOfCommonKey = 4;

/** As both sides write it, for comparing. */
export function normal(kind: IdentityKind, value: string): string {
  const text = value.trim();
  if (kind === 'hostname') return shortHostname(text) ?? '';
  return kind === 'ssh-host-key' ? text : text.toLowerCase();
}

/** Everything that the reading and the device have to say to each other. Pure, linear in both. */
export function weigh(input: WeighInput): Weighed {
  const { reading, known, except = new Set() } = input;
  const seen = byKind(reading.keys.filter(({ kind }) => !except.has(kind)));
  const had = byKind(known.filter(({ kind }) => !except.has(kind)));
  const reasons: IdentityReason[] = [];
  for (const kind of Object.keys(worth) as (keyof typeof worth)[]) {
    const reason = compareKind(kind, seen.get(kind) ?? [], had.get(kind) ?? [], input);
    if (reason) reasons.push(reason);
  }
  const place = placeOf(reasons);
  // What many carry counts only for a machine that stands where the device stood.
  const isHere = ['both', 'way', 'name'].includes(place);
  const counted = reasons.filter(({ weight, agrees }) => weight !== 'faint' || !agrees || isHere);
  const of = (...kinds: readonly IdentityKind[]) =>
    stanceOf(counted.filter(({ kind }) => kinds.includes(kind)));
  const board = of('product-uuid', 'serial', 'board-serial', 'chassis-serial');
  const cards = compareCards(seen.get('mac') ?? [], had.get('mac') ?? [], input);
  return {
    board,
    system: of('machine-id', 'host-id', 'ssh-host-key'),
    cards: cards.stance,
    disk: of('disk'),
    place,
    reasons: [...reasons, ...cards.reasons].sort(byWeight),
  };
}

function byKind<K extends { readonly kind: IdentityKind }>(
  keys: readonly K[],
): ReadonlyMap<IdentityKind, readonly K[]> {
  return Map.groupBy(keys, ({ kind }) => kind);
}

type SeenKeys = ReadingKeys['keys'];

function compareKind(
  kind: keyof typeof worth,
  seen: SeenKeys,
  known: readonly KnownKey[],
  { carriers, reading }: WeighInput,
): IdentityReason | null {
  const comparable = known.filter((key) => isComparable(kind, seen, key));
  if (seen.length === 0 || comparable.length === 0) return null;
  const had = new Set(comparable.map(({ value }) => normal(kind, value)));
  const shared = seen.filter(({ value }) => had.has(normal(kind, value)));
  const [agreeing, differing] = worth[kind];
  if (shared.length > 0) {
    const devices = Math.max(1, Math.min(...shared.map(({ value }) => carriers(kind, value))));
    // Hypervisors hand the serial number of what they run on to all that they run.
    const own: IdentityWeight = kind === 'serial' && reading.isVirtual ? 'weak' : agreeing;
    const observed = shared.map(({ value }) => value);
    return reason({ kind, agrees: true, weight: whenShared(own, devices), observed, devices });
  }
  // A device's own name need not be that of its system.
  const told = comparable.filter(({ origin }) => origin !== 'name');
  if (onlyAgree.has(kind) || told.length === 0) return null;
  const wasSeen = told.some(({ origin }) => origin === 'observed');
  const weight = !wasSeen && differing === 'strong' ? 'weak' : differing;
  return reason({
    kind,
    agrees: false,
    weight,
    observed: seen.map(({ value }) => value),
    known: told.map(({ value }) => value),
  });
}

/** A server has a host key of each type; names that came with an image are none. */
function isComparable(kind: IdentityKind, seen: SeenKeys, known: KnownKey): boolean {
  if (kind === 'hostname') return shortHostname(known.value) !== null;
  if (kind !== 'ssh-host-key') return true;
  const type = (text: string) => text.split(' ')[0];
  return seen.some(({ value }) => type(value) === type(known.value));
}

function whenShared(weight: IdentityWeight, devices: number): IdentityWeight {
  if (devices >= carriersOfCommonKey) return 'faint';
  return devices > 1 && weight === 'strong' ? 'weak' : weight;
}

const mostShown = 3;

function reason(
  told: Pick<IdentityReason, 'kind' | 'agrees' | 'weight'> & {
    readonly observed: readonly string[];
    readonly known?: readonly string[];
    readonly devices?: number;
  },
): IdentityReason {
  const few = (values: readonly string[] = []) => [...new Set(values)].sort().slice(0, mostShown);
  const { kind, agrees, weight, devices = 0 } = told;
  return { kind, agrees, weight, observed: few(told.observed), known: few(told.known), devices };
}

function stanceOf(reasons: readonly IdentityReason[]): Stance {
  const has = (agrees: boolean, strong: boolean) =>
    reasons.some((one) => one.agrees === agrees && (one.weight === 'strong') === strong);
  const [agrees, differs] = [has(true, true), has(false, true)];
  const [leans, doubts] = [has(true, false), has(false, false)];
  if (agrees) return differs ? 'mixed' : 'agrees';
  if (differs) return leans ? 'mixed' : 'differs';
  if (leans && doubts) return 'silent';
  if (leans) return 'leans';
  return doubts ? 'doubts' : 'silent';
}

function placeOf(reasons: readonly IdentityReason[]): Place {
  const find = (kind: IdentityKind) => reasons.find((one) => one.kind === kind);
  const [name, way, address] = [find('hostname'), find('ssh-target'), find('address')];
  const called = name?.agrees === true && name.weight !== 'faint';
  if (way) return called ? 'both' : name?.agrees === false ? 'hint' : 'way';
  if (called) return 'name';
  if (address) return 'hint';
  return name?.agrees === false ? 'against' : 'none';
}

interface Cards {
  readonly stance: Stance;
  readonly reasons: readonly IdentityReason[];
}

/**
 * A card is known by a MAC that stays. One that both have says little while each has others that the
 * other lacks: an adapter or a dock that went from machine to machine.
 */
function compareCards(seen: SeenKeys, known: readonly KnownKey[], input: WeighInput): Cards {
  const { reading, carriers } = input;
  const had = new Map(known.map(({ value, origin }) => [value.toLowerCase(), origin]));
  // What a hypervisor made up it keeps, whatever the prefix.
  const stays = (mac: string) => {
    const grade = reading.grades.get(mac) ?? macGrade(mac);
    return grade === 'hardware' || grade === 'assigned' || (grade === 'local' && reading.isVirtual);
  };
  const now = seen.map(({ value }) => value.toLowerCase());
  const shared = now.filter((mac) => had.has(mac));
  const lasting = shared.filter((mac) => stays(mac) && carriers('mac', mac) < 2);
  const here = new Set(now);
  const onlyNow = now.filter((mac) => !had.has(mac));
  const onlyThen = [...had.keys()].filter((mac) => !here.has(mac) && macGrade(mac) !== null);
  const apart = Math.min(onlyNow.filter(stays).length, onlyThen.filter(stays).length);
  const wasSeen = onlyThen.some((mac) => had.get(mac) === 'observed');
  const stance = cardStance({
    lasting: lasting.length,
    shared: shared.length,
    apart,
    wasSeen,
    others: onlyNow.length > 0 && onlyThen.length > 0,
  });
  const reasons: IdentityReason[] = [];
  if (shared.length > 0) {
    const devices = Math.max(1, Math.min(...shared.map((mac) => carriers('mac', mac))));
    const weight = lasting.length > 0 && stance !== 'mixed' ? 'strong' : 'weak';
    const observed = lasting.length > 0 ? lasting : shared;
    reasons.push(reason({ kind: 'mac', agrees: true, weight, observed, devices }));
  }
  if (stance === 'differs' || stance === 'doubts' || stance === 'mixed') {
    const weight = stance === 'differs' ? 'strong' : 'weak';
    reasons.push(
      reason({ kind: 'mac', agrees: false, weight, observed: onlyNow, known: onlyThen }),
    );
  }
  return { stance, reasons };
}

function cardStance(cards: {
  /** How many both have that stay with one machine. */
  readonly lasting: number;
  readonly shared: number;
  /** How many each of them has, at the least, that stay and that the other lacks. */
  readonly apart: number;
  /** Whether those of the device were seen there, and not only declared. */
  readonly wasSeen: boolean;
  readonly others: boolean;
}): Stance {
  const { lasting, shared, apart, wasSeen, others } = cards;
  if (lasting > apart) return lasting > 1 ? 'agrees' : 'one';
  if (lasting > 0) return 'mixed';
  if (apart > 0) return wasSeen ? 'differs' : 'doubts';
  if (shared > 0) return 'leans';
  return others ? 'doubts' : 'silent';
}

const weights: Readonly<Record<IdentityWeight, number>> = { strong: 0, weak: 1, faint: 2 };
const order: Readonly<Record<IdentityKind, number>> = {
  'product-uuid': 1,
  serial: 2,
  'machine-id': 0,
  'board-serial': 3,
  'host-id': 4,
  mac: 5,
  disk: 6,
  'ssh-host-key': 7,
  'chassis-serial': 8,
  hostname: 9,
  'ssh-target': 10,
  address: 11,
};

function byWeight(a: IdentityReason, b: IdentityReason): number {
  return weights[a.weight] - weights[b.weight] || order[a.kind] - order[b.kind];
}
