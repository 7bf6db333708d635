import type { Facts } from '../../../shared/model/facts.ts';
import type { IdentityMatch } from '../../../shared/model/inventory.ts';
import type { SshTarget } from '../../../shared/model/ssh.ts';
import { type Database, type IdentityKey, type KeyHit, parseAddress } from '../db/index.ts';
import { hostAddressesOf, identityKeysOf } from './identity-keys.ts';

/** Strongest first: what survives most of what happens to a machine. */
const strength: readonly KeyHit['kind'][] = ['machine-id', 'serial', 'mac', 'hostname', 'address'];

/** Devices of the inventory that these facts may belong to, the likeliest first. */
export function identify(db: Database, facts: Facts, target: SshTarget): IdentityMatch[] {
  const keys = identityKeysOf(facts);
  const byDevice = Map.groupBy(hits(db, facts, keys, target), ({ deviceId }) => deviceId);
  return [...byDevice]
    .map(([deviceId, found]) => ({
      deviceId,
      deviceName: found[0]?.deviceName ?? '',
      keys: found.map(({ kind, value }) => ({ key: kind, value })),
      verdict: judge(found, keys, db.tables.identities.ofDevice(deviceId)),
    }))
    .sort((a, b) => rank(a) - rank(b) || b.keys.length - a.keys.length);
}

function hits(
  db: Database,
  facts: Facts,
  keys: readonly IdentityKey[],
  target: SshTarget,
): readonly KeyHit[] {
  const { identities } = db.tables;
  const { hostname } = facts.sections;
  const addresses = new Set([target.host.toLowerCase(), ...hostAddressesOf(facts)]);
  const found = [
    ...keys.flatMap((key) => identities.byIdentity(key)),
    ...(hostname.status === 'ok' ? identities.byHostname(hostname.data.hostname) : []),
    ...[...addresses].flatMap((text) =>
      identities.byAddress(parseAddress(text)?.bytes ?? null, text),
    ),
  ];
  return found.sort((a, b) => strength.indexOf(a.kind) - strength.indexOf(b.kind));
}

/**
 * A machine-id is copied with an image, a serial number may be one for all virtual machines, a
 * network card moves: one key alone is believed only while no other contradicts it.
 */
function judge(
  found: readonly KeyHit[],
  observed: readonly IdentityKey[],
  known: readonly IdentityKey[],
): IdentityMatch['verdict'] {
  const has = (kind: KeyHit['kind']) => found.some((hit) => hit.kind === kind);
  const contradicts = (kind: IdentityKey['kind']) =>
    !has(kind) &&
    observed.some((key) => key.kind === kind) &&
    known.some((key) => key.kind === kind);
  const otherHardware = contradicts('serial') || contradicts('mac');
  if (has('machine-id')) return otherHardware ? 'clone-suspected' : 'same';
  // Reinstalled: the same hardware with another machine-id.
  if (has('serial') || has('mac')) return otherHardware ? 'weak' : 'same';
  return 'weak';
}

function rank(match: IdentityMatch): number {
  const verdicts: readonly IdentityMatch['verdict'][] = ['same', 'clone-suspected', 'weak'];
  const order: readonly string[] = strength;
  const strongest = order.indexOf(match.keys[0]?.key ?? '');
  return verdicts.indexOf(match.verdict) * strength.length + strongest;
}
