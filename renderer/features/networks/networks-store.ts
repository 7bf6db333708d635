import type { InferClientInputs, InferClientOutputs } from '@orpc/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AddressMap, SwitchPort, VlanDetails } from '../../../shared/model/networks.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, type Outcome } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';
import { formatCount } from '../../ui/formatting.ts';

type Outputs = InferClientOutputs<Client>['networks'];
type Inputs = InferClientInputs<Client>['networks'];
export type PrefixTreePage = Outputs['tree'];
export type SwitchPortList = Omit<Outputs['ports'], 'rows'> & { readonly rows: SwitchPort[] };
export type NewVlans = Inputs['addVlans']['vlans'];
export type PortVlansChange = Inputs['setPortVlans'];

/** How the tree is looked at; kept while the window is open. */
export interface TreeView {
  readonly search: string;
  readonly closed: ReadonlySet<string>;
  readonly free: boolean;
}

/** The plan of the networks, and what is changed in it other than field by field. */
export interface NetworksStore {
  readonly plan: Resource<Outputs['vlans']>;
  vlan(id: string): Resource<VlanDetails>;
  readonly treeView: StoreApi<TreeView>;
  /** The same function for the same view, as `usePages` wants it. */
  tree(view: TreeView): (page: number) => Resource<PrefixTreePage>;
  map(prefix: string): Resource<AddressMap>;
  addresses(prefix: string): (page: number) => Resource<Outputs['addresses']>;
  readonly switches: Resource<Outputs['switches']>;
  ports(deviceId: string): Resource<SwitchPortList>;
  freePrefixes(input: Inputs['freePrefixes']): Promise<Outcome<Outputs['freePrefixes']>>;
  addVlans(vlans: NewVlans): Promise<Outcome<unknown>>;
  split(id: string, length: number): Promise<Outcome<unknown>>;
  setPortVlans(change: PortVlansChange): Promise<Outcome<unknown>>;
}

export const treePageSize = 100;
export const addressPageSize = 100;
/** More VLANs than that are looked through in their table. */
const plannedAtMost = 200;
/** More ports are not drawn; the table of interfaces has all. */
const portsAtMost = 2_000;

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
}

export function createNetworksStore({ client, pool, notify }: Needs): NetworksStore {
  async function command<T extends { readonly changeSetId: string }>(
    work: Promise<T>,
    done: (value: T) => string,
  ): Promise<Outcome<T>> {
    const outcome = await attempt(work);
    if (outcome.ok) notify.done(done(outcome.value), { undoes: outcome.value.changeSetId });
    return outcome;
  }

  const treePages = pool.createKeyed((key, signal) => {
    const input = JSON.parse(key) as Inputs['tree']; // as `tree` writes it
    return client.networks.tree(input, { signal });
  });
  const addressPages = pool.createKeyed((key, signal) => {
    const [prefix = '', page] = key.split(' ');
    const offset = Number(page) * addressPageSize;
    return client.networks.addresses({ prefix, offset, limit: addressPageSize }, { signal });
  });
  const sameTree = remembered((key: string) => {
    const query = JSON.parse(key) as { search: string; closed: string[]; free: boolean }; // see `tree`
    return (page: number) =>
      treePages(JSON.stringify({ ...query, offset: page * treePageSize, limit: treePageSize }));
  });

  return {
    plan: pool.create((signal) => client.networks.vlans({ limit: plannedAtMost }, { signal })),
    vlan: pool.createKeyed((id, signal) => client.networks.vlan({ id }, { signal })),
    treeView: createStore<TreeView>(() => ({ search: '', closed: new Set(), free: true })),
    tree: ({ search, closed, free }) =>
      sameTree(JSON.stringify({ search, closed: [...closed], free })),
    map: pool.createKeyed((prefix, signal) => client.networks.map({ prefix }, { signal })),
    addresses: remembered((prefix) => (page) => addressPages(`${prefix} ${page}`)),
    switches: pool.create((signal) => client.networks.switches({}, { signal })),
    ports: pool.createKeyed((deviceId, signal) => allPorts(client, deviceId, signal)),
    freePrefixes: (input) => attempt(client.networks.freePrefixes(input)),
    addVlans: (vlans) =>
      command(
        client.networks.addVlans({ vlans }),
        () => `Added ${formatCount(vlans.length, 'VLAN')}.`,
      ),
    split: (id, length) =>
      command(
        client.networks.split({ id, length }),
        ({ added }) => `Added ${formatCount(added, 'prefix', 'prefixes')}.`,
      ),
    setPortVlans: (change) =>
      command(
        client.networks.setPortVlans(change),
        () => `Set the VLANs of ${formatCount(change.interfaceIds.length, 'port')}.`,
      ),
  };
}

/** The function of the newest keys, the same one each time. */
function remembered<T>(make: (key: string) => T): (key: string) => T {
  let last: { readonly key: string; readonly value: T } | null = null;
  return (key) => {
    if (last?.key !== key) last = { key, value: make(key) };
    return last.value;
  };
}

async function allPorts(
  client: Client,
  deviceId: string,
  signal: AbortSignal,
): Promise<SwitchPortList> {
  const first = await client.networks.ports({ deviceId, limit: 1_000 }, { signal });
  const rows = [...first.rows];
  while (rows.length < Math.min(first.total, portsAtMost)) {
    const input = { deviceId, offset: rows.length, limit: 1_000 };
    const page = await client.networks.ports(input, { signal });
    if (page.rows.length === 0) break;
    rows.push(...page.rows);
  }
  return { ...first, rows };
}
