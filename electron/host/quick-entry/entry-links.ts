import { kindOf } from '../../../shared/model/kinds/index.ts';
import { canonicalNetwork } from '../../../shared/model/kinds/typed.ts';
import { formatAddress } from '../../../shared/network/address.ts';
import { parseHostAddress, prefixOf, usableRange } from '../../../shared/network/prefix.ts';
import { containsAddress } from '../../../shared/network/range.ts';
import type { EntryInterface } from '../../../shared/quick-entry/entry.ts';
import type { Database } from '../db/index.ts';
import { insertRecord } from '../records/index.ts';
import type { EntryProblem } from './entry-problem.ts';

/** An interface with what was typed looked up. */
export interface LinkDraft {
  /** Null: the first of its type, or eth0. */
  readonly name: string | null;
  readonly addresses: readonly string[];
  readonly macs: readonly string[];
  readonly vlans: readonly {
    readonly id: string;
    readonly tagged: boolean;
    readonly text: string;
  }[];
}

interface Told {
  readonly problems: EntryProblem[];
  readonly warnings: string[];
}

export function linkDraft(db: Database, entry: EntryInterface, told: Told): LinkDraft {
  const vlan = (text: string, tagged: boolean) => vlanCalled(db, text, tagged, told);
  return {
    name: entry.name,
    addresses: entry.addresses.flatMap((text) => hostAddress(db, text, told)),
    macs: entry.macs.flatMap((text) => freeMac(db, text, told)),
    vlans: [
      ...(entry.untagged === null ? [] : vlan(entry.untagged, false)),
      ...entry.tagged.flatMap((text) => vlan(text, true)),
    ],
  };
}

/** Its length, where it was left out, is that of the prefix which it lies in. */
function hostAddress(db: Database, text: string, { problems, warnings }: Told): string[] {
  const { addresses } = db.tables;
  const parsed = parseHostAddress(text);
  const fail = (problem: string) => {
    problems.push({ field: 'address', text: problem });
    return [];
  };
  if (parsed === undefined) return fail(`“${text}” is no address such as 10.0.0.1/24.`);
  const { address } = parsed;
  const plain = formatAddress(address);
  const length = text.includes('/') ? parsed.length : addresses.prefixLengthAt(address);
  if (length === undefined) {
    return fail(`${plain} lies in no known prefix; write its length, such as ${plain}/24.`);
  }
  for (const { what, name, detail } of addresses.uses(address)) {
    if (what === 'address') return fail(`${name} has ${plain} already.`);
    if (what === 'gateway') warnings.push(`${plain} is the gateway of ${name}.`);
    if (what === 'reservation') warnings.push(`${plain} is reserved for ${name}.`);
    if (what === 'range') warnings.push(`${plain} lies in the range ${name} (${detail}).`);
  }
  const usable = usableRange(prefixOf(address, length));
  if (!containsAddress(usable, address)) {
    warnings.push(`${plain}/${length} is the network itself or its broadcast address.`);
  }
  return [`${plain}/${length}`];
}

function freeMac(db: Database, text: string, { problems }: Told): string[] {
  const mac = canonicalNetwork('mac', text);
  if (mac === undefined) {
    problems.push({ field: 'mac', text: `“${text}” is no MAC address such as aa:bb:cc:dd:ee:ff.` });
    return [];
  }
  const other = firstWith(db, 'mac', 'mac', mac);
  if (other === undefined) return [mac];
  problems.push({
    field: 'mac',
    text: `${other.names.interface ?? 'Another'} has ${mac} already.`,
  });
  return [];
}

function firstWith(db: Database, kind: 'mac' | 'interface', field: string, value: string) {
  const query = { words: [], sort: { field: null, descending: false }, offset: 0, limit: 1 };
  return db.tables.records.list(kindOf(kind), { ...query, where: [{ field, value }] }).rows[0];
}

function vlanCalled(db: Database, typed: string, tagged: boolean, { problems }: Told) {
  const { vlans } = db.tables;
  const text = typed.trim();
  const byNumber = /^\d{1,4}$/.test(text) ? vlans.idByNumber(Number(text)) : undefined;
  const id = byNumber ?? vlans.idByName(text);
  if (id !== undefined) return [{ id, tagged, text }];
  problems.push({
    field: tagged ? 'tagged' : 'untagged',
    text: `There is no VLAN ${text}; add it first.`,
  });
  return [];
}

/** Inside a change set: gives a device the interfaces that were typed, those that it has or new ones. */
export function writeLinks(db: Database, deviceId: string, links: readonly LinkDraft[]): string[] {
  return links.map(({ name, addresses, macs, vlans }) => {
    const called = name ?? firstInterface(db, deviceId) ?? 'eth0';
    const link =
      interfaceNamed(db, deviceId, called) ??
      insertRecord(db, kindOf('interface'), {
        device: deviceId,
        name: called,
        kind: 'ethernet',
        ordinal: db.tables.interfaces.count(deviceId),
      });
    for (const mac of macs) insertRecord(db, kindOf('mac'), { interface: link, mac });
    for (const address of addresses) {
      insertRecord(db, kindOf('address'), { interface: link, address, role: 'host' });
    }
    for (const { id, tagged } of vlans) db.tables.interfaces.joinVlan(link, id, tagged);
    const said = vlans.map(({ text, tagged }) => `VLAN ${text}${tagged ? ' tagged' : ''}`);
    return `${called}: ${[...addresses, ...macs, ...said].join(', ') || 'nothing declared'}`;
  });
}

function interfaceNamed(db: Database, deviceId: string, name: string): string | undefined {
  const query = { words: [], sort: { field: null, descending: false }, offset: 0, limit: 1 };
  const where = [
    { field: 'device', value: deviceId },
    { field: 'name', value: name },
  ];
  return db.tables.records.list(kindOf('interface'), { ...query, where }).rows[0]?.id;
}

/** The first that is not for management only and no radio. */
function firstInterface(db: Database, deviceId: string): string | undefined {
  const query = { words: [], offset: 0, limit: 20 };
  const sort = { field: 'ordinal', descending: false };
  const where = [{ field: 'device', value: deviceId }];
  const { rows } = db.tables.records.list(kindOf('interface'), { ...query, sort, where });
  const first = rows.find(({ values }) => values.management !== true && values.kind !== 'wifi');
  return typeof first?.values.name === 'string' ? first.values.name : undefined;
}
