import { RackhelmError } from '../../../shared/model/errors.ts';
import { kindOf } from '../../../shared/model/kinds/index.ts';
import type {
  AddressMap,
  PlannedVlan,
  SwitchPort,
  SwitchRow,
  TakenAddress,
  TreeRow,
  VlanDetails,
} from '../../../shared/model/networks.ts';
import { bitsOf, parseAddress } from '../../../shared/network/address.ts';
import { freePrefixes, prefixesIn, splitCount } from '../../../shared/network/free-prefixes.ts';
import { formatPrefix } from '../../../shared/network/prefix.ts';
import { type Database, newId } from '../db/index.ts';
import { prefixFrom, readAddressMap, takenIn } from './address-map.ts';
import { type PortVlans, readPorts, writePortVlans } from './ports.ts';
import { readPrefixTree, type TreeQuery } from './prefix-tree.ts';
import { readVlan, readVlanPlan } from './vlan-plan.ts';

type Page = { readonly offset: number; readonly limit: number };
type Source = 'app' | 'cli';

export interface NewVlan {
  readonly number: number;
  readonly name: string;
  readonly traffic: string;
  readonly mtu: number | null;
  readonly purpose: string | null;
  readonly prefix: string | null;
  readonly gateway: string | null;
}

/** The plan of the networks; shapes as shared/contract/networks.ts has them. */
export interface Networks {
  vlans(page: Page): { rows: PlannedVlan[]; total: number };
  /** Throws NOT_FOUND. */
  vlan(input: { readonly id: string }): VlanDetails;
  /** Throws DUPLICATE with what is there already; nothing is written then. */
  addVlans(input: { readonly vlans: readonly NewVlan[] }): { changeSetId: string };
  tree(query: TreeQuery): { rows: TreeRow[]; total: number; prefixes: number };
  /** Throws INVALID_INPUT where there is no such length in it. */
  freePrefixes(input: {
    readonly within: string;
    readonly length: number;
    readonly count: number;
    readonly from: string | null;
  }): { prefixes: string[] };
  /** Throws NOT_FOUND, or INVALID_INPUT when it would be too many or none. */
  split(
    input: { readonly id: string; readonly length: number },
    source?: Source,
  ): { changeSetId: string; added: number };
  map(input: { readonly prefix: string }): AddressMap;
  addresses(input: { readonly prefix: string } & Page): { rows: TakenAddress[]; total: number };
  switches(input: { readonly search: string } & Page): { rows: SwitchRow[]; total: number };
  /** Throws NOT_FOUND. */
  ports(input: { readonly deviceId: string } & Page): {
    device: SwitchRow;
    rows: SwitchPort[];
    total: number;
  };
  /** Throws NOT_FOUND when a port or a VLAN is gone; nothing is written then. */
  setPortVlans(input: PortVlans): { changeSetId: string };
}

/** More parts than that are no plan that somebody looks at. */
const mostParts = 256;

export function createNetworks(db: Database): Networks {
  const { prefixSpace, switchPorts, records } = db.tables;
  return {
    vlans: (page) => readVlanPlan(db, page),
    vlan: ({ id }) => readVlan(db, id),
    addVlans: ({ vlans }) => addVlans(db, vlans),
    tree: (query) => readPrefixTree(db, query),
    freePrefixes({ within, length, count, from }) {
      const prefix = prefixFrom(within);
      checkLength(prefix, length);
      const lowest = from === null ? undefined : parseAddress(from);
      const first = lowest && lowest.value > prefix.first ? lowest.value : prefix.first;
      const taken = prefixSpace.prefixes().filter((other) => other.length > prefix.length);
      const found = freePrefixes({ ...prefix, first }, taken, { length, count });
      return { prefixes: found.map(formatPrefix) };
    },
    split: ({ id, length }, source = 'app') => split(db, { id, length, source }),
    map: ({ prefix }) => readAddressMap(db, prefixFrom(prefix)),
    addresses({ prefix, offset, limit }) {
      const within = prefixFrom(prefix);
      return { rows: takenIn(db, within, offset, limit), total: prefixSpace.usedCount(within) };
    },
    switches({ search, offset, limit }) {
      const words = search.split(/\s+/).filter((word) => word !== '');
      return switchPorts.switches(words.slice(0, 10), offset, limit);
    },
    ports: (input) => readPorts(db, input),
    setPortVlans(input) {
      const { interfaceIds, untagged, tagged } = input;
      const ids = [...new Set(interfaceIds)];
      if (untagged === undefined && tagged === undefined) {
        throw new RackhelmError('INVALID_INPUT', 'No VLAN was given, so nothing would change.');
      }
      if (switchPorts.count(ids) !== ids.length) throw gone('port');
      const named = tagged === undefined ? [] : 'set' in tagged ? tagged.set : tagged.add;
      for (const id of [...named, ...(untagged ? [untagged] : [])]) {
        if (records.get(kindOf('vlan'), id) === undefined) throw gone('VLAN');
      }
      const { changeSetId } = db.change({ title: portsTitle(db, ids), source: 'app' }, () =>
        writePortVlans(db, input),
      );
      return { changeSetId };
    },
  };
}

const gone = (what: string) =>
  new RackhelmError('NOT_FOUND', `A ${what} that was chosen does not exist any more.`, {
    hint: 'Look at the list again and choose anew; nothing was changed.',
  });

function portsTitle(db: Database, ids: readonly string[]): string {
  const [id] = ids;
  if (ids.length !== 1 || id === undefined) return `Set the VLANs of ${ids.length} ports`;
  return `Set the VLANs of ${db.tables.records.get(kindOf('interface'), id)?.name ?? 'a port'}`;
}

function checkLength(prefix: ReturnType<typeof prefixFrom>, length: number): void {
  const bits = bitsOf(prefix.family);
  if (length >= prefix.length && length <= bits) return;
  throw new RackhelmError(
    'INVALID_INPUT',
    `Inside ${formatPrefix(prefix)} the length is from ${prefix.length} to ${bits}.`,
    { data: { field: 'length' } },
  );
}

function addVlans(db: Database, vlans: readonly NewVlan[]): { changeSetId: string } {
  const { vlans: known, records } = db.tables;
  const title = vlans.length === 1 ? `Added VLAN ${vlans[0]?.name}` : `Added ${vlans.length} VLANs`;
  const refuse = (what: string) => {
    throw new RackhelmError('DUPLICATE', `There is ${what} already.`, {
      hint: 'Change it, or leave that VLAN out; nothing was added.',
    });
  };
  const { changeSetId } = db.change({ title, source: 'app' }, () => {
    for (const { prefix, gateway, ...values } of vlans) {
      if (known.idByNumber(values.number) !== undefined) refuse(`a VLAN ${values.number}`);
      if (known.idByName(values.name) !== undefined) refuse(`a VLAN called ${values.name}`);
      const vlan = newId();
      records.insert(kindOf('vlan'), vlan, values);
      if (prefix === null) continue;
      if (records.idsByName(kindOf('prefix'), prefix, 1).length > 0) refuse(`the prefix ${prefix}`);
      records.insert(kindOf('prefix'), newId(), { prefix, vlan, gateway });
    }
  });
  return { changeSetId };
}

function split(
  db: Database,
  { id, length, source }: { readonly id: string; readonly length: number; readonly source: Source },
): { changeSetId: string; added: number } {
  const { records, prefixSpace } = db.tables;
  const all = prefixSpace.prefixes();
  const prefix = all.find((other) => other.id === id);
  if (prefix === undefined) {
    throw new RackhelmError('NOT_FOUND', 'This prefix does not exist.', { data: { id } });
  }
  checkLength(prefix, length);
  const name = formatPrefix(prefix);
  if (splitCount(prefix, length) > mostParts) {
    throw new RackhelmError('INVALID_INPUT', `${name} has too many /${length} to add at once.`, {
      hint: `Split it into ${mostParts} at the most, and those again.`,
      data: { field: 'length' },
    });
  }
  const there = new Set(all.map(formatPrefix));
  const missing = [...prefixesIn(prefix, length)]
    .map(formatPrefix)
    .filter((one) => !there.has(one));
  if (missing.length === 0) {
    throw new RackhelmError('INVALID_INPUT', `Every /${length} of ${name} is there already.`, {
      data: { field: 'length' },
    });
  }
  const site = records.get(kindOf('prefix'), id)?.values.site ?? null;
  const { changeSetId } = db.change({ title: `Split ${name} into /${length}`, source }, () => {
    for (const one of missing) records.insert(kindOf('prefix'), newId(), { prefix: one, site });
  });
  return { changeSetId, added: missing.length };
}
