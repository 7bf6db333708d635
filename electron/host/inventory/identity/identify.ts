import type {
  IdentityKind,
  IdentityMatch,
  IdentityVerdict,
} from '../../../../shared/model/identity.ts';
import type { Carrier, Database, IdentityKey } from '../../db/index.ts';
import { refuseAnother } from './outcome.ts';
import type { ReadingKeys } from './reading-keys.ts';
import { judge } from './verdict.ts';
import { normal, type WeighInput, weigh } from './weigh.ts';

/** More devices than this under one key make no candidates: it is nobody's. */
const mostCarriers = 20;
/** What a person could look through; no honest machine has as many likenesses. */
const mostCandidates = 100;

/**
 * Devices of the inventory that have something in common with this machine, the likeliest first. Only
 * those are looked at, found by indexes, however large the inventory is.
 */
export function identify(db: Database, reading: ReadingKeys): IdentityMatch[] {
  const { candidates, carriers } = lookUp(db, reading);
  return candidates
    .map((candidate) => matchOf(db, candidate, { reading, carriers }))
    .filter(({ reasons }) => reasons.some(({ agrees }) => agrees))
    .sort(byLikeliness)
    .map((match) => ({ ...match, reasons: match.reasons.slice(0, mostReasons) }));
}

const mostReasons = 20;

function matchOf(
  db: Database,
  { deviceId, deviceName }: Carrier,
  input: Omit<WeighInput, 'known'>,
): IdentityMatch {
  const weighed = weigh({ ...input, known: db.tables.identities.ofDevice(deviceId) });
  return { deviceId, deviceName, verdict: judge(weighed), reasons: [...weighed.reasons] };
}

/** A refresh goes by the device's own way in, so that this proves nothing. */
const ownWay: ReadonlySet<IdentityKind> = new Set(['ssh-target', 'address']);

/** Throws OTHER_MACHINE where the machine of this reading is not the device; see `refuseAnother`. */
export function recordable(
  db: Database,
  reading: ReadingKeys,
  device: { readonly id: string; readonly name: string },
): void {
  const { carriers } = lookUp(db, reading);
  const carrier = { deviceId: device.id, deviceName: device.name };
  const own = matchOf(db, carrier, { reading, carriers, except: ownWay });
  refuseAnother(own, identify(db, reading));
}

function lookUp(
  db: Database,
  reading: ReadingKeys,
): { readonly candidates: readonly Carrier[]; readonly carriers: WeighInput['carriers'] } {
  const { identities } = db.tables;
  const counts = new Map<string, number>();
  const found = new Map<string, { readonly carrier: Carrier; keys: number }>();
  const nameOf = ({ kind, value }: IdentityKey) => `${kind} ${normal(kind, value)}`;
  const note = (key: IdentityKey, carriers: readonly Carrier[]) => {
    const count = (counts.get(nameOf(key)) ?? 0) + carriers.length;
    counts.set(nameOf(key), count);
    if (count > mostCarriers) return;
    for (const carrier of carriers) {
      const known = found.get(carrier.deviceId);
      if (known) known.keys += 1;
      else found.set(carrier.deviceId, { carrier, keys: 1 });
    }
  };
  for (const key of reading.keys) note(key, identities.carriers(key, mostCarriers + 1));
  const addresses = reading.keys.flatMap(({ kind, value }) => (kind === 'address' ? value : []));
  const hosts = [...new Set([...addresses, ...reading.hosts])];
  for (const [value, carriers] of byHost(identities.bySshHost(hosts))) {
    note({ kind: 'address', value }, carriers);
  }
  const candidates = [...found.values()]
    .sort((a, b) => b.keys - a.keys || (a.carrier.deviceId < b.carrier.deviceId ? -1 : 1))
    .slice(0, mostCandidates)
    .map(({ carrier }) => carrier);
  return { candidates, carriers: (kind, value) => counts.get(nameOf({ kind, value })) ?? 0 };
}

function byHost(found: readonly (Carrier & { readonly host: string })[]) {
  return Map.groupBy(found, ({ host }) => host);
}

const ranks: Readonly<Record<IdentityVerdict, number>> = {
  same: 0,
  'probably-same': 1,
  clone: 2,
  another: 3,
};
const points = { strong: 100, weak: 10, faint: 1 } as const;

function byLikeliness(a: IdentityMatch, b: IdentityMatch): number {
  const score = ({ reasons }: IdentityMatch) =>
    reasons.reduce(
      (sum, { agrees, weight }) => sum + (agrees ? points[weight] : -points[weight]),
      0,
    );
  const id = a.deviceId < b.deviceId ? -1 : 1;
  return ranks[a.verdict] - ranks[b.verdict] || score(b) - score(a) || id;
}
