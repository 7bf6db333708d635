import type { Census } from '../../../../shared/cluster/census/census.ts';
import type { CensusNode } from '../../../../shared/cluster/census/node.ts';
import type { CensusWorkload } from '../../../../shared/cluster/census/workload.ts';
import type { Declared, DeclaredService } from '../../../../shared/cluster/drift/declared.ts';
import type { DriftAction, Places } from '../../../../shared/cluster/drift/drift-line.ts';
import { serviceName } from '../../../../shared/cluster/drift/workload-names.ts';
import { machineClass } from '../../../../shared/cluster/questions/machine-class.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import { asName } from '../../../../shared/model/name.ts';
import type { Database } from '../../db/index.ts';
import { insertRecord } from '../../records/index.ts';

export interface Accepting {
  readonly db: Database;
  readonly census: Census;
  readonly declared: Declared;
  /** By the key of the workload. */
  readonly services: ReadonlyMap<string, DeclaredService>;
}

/** What came into being in the same step: devices by their nodes, services by their workloads. */
interface Added {
  readonly devices: Map<string, string>;
  readonly services: Map<string, string>;
}

/** Inside a change set: writes what these say, what others need first. Throws RackhelmError. */
export function acceptAll(accepting: Accepting, actions: readonly DriftAction[]): void {
  const added: Added = { devices: new Map(), services: new Map() };
  for (const action of actions) {
    if (action.do === 'add-device') added.devices.set(action.node, addDevice(accepting, action));
  }
  for (const action of actions) {
    if (action.do !== 'add-service') continue;
    added.services.set(action.workload, addService(accepting, action, placesOf(action, added)));
  }
  for (const action of actions) write(accepting, action, added);
}

function write(accepting: Accepting, action: DriftAction, added: Added): void {
  const { db, declared } = accepting;
  switch (action.do) {
    case 'add-member': {
      const { deviceId: device, role } = action;
      insertRecord(db, kindOf('cluster-member'), { cluster: declared.cluster.id, device, role });
      return;
    }
    case 'delete-member':
      db.tables.records.removeAll(kindOf('cluster-member'), [action.memberId]);
      return;
    case 'set-member':
      update(db, 'cluster-member', action.memberId, action.values);
      return;
    case 'set-device':
      update(db, 'device', action.deviceId, action.values);
      return;
    case 'set-tags':
      setTags(db, action);
      return;
    case 'set-cluster':
      update(db, 'cluster', declared.cluster.id, action.values);
      return;
    case 'set-service':
      update(db, 'service', action.serviceId, action.values);
      return;
    case 'set-places':
      setPlaces(db, action.serviceId, placesOf(action, added));
      return;
    case 'add-dependency':
      addDependency(accepting, action, added);
      return;
    // They came first.
    case 'add-device':
    case 'add-service':
      return;
  }
}

function update(
  { tables }: Database,
  kind: KindName,
  id: string,
  values: Readonly<Record<string, string | number>>,
): void {
  if (tables.records.update(kindOf(kind), id, values)) return;
  throw new RackhelmError('CHANGED_SINCE', 'Something of it was deleted meanwhile.', {
    hint: 'Look at the list again.',
  });
}

const kindOfClass = { 'ARM board': 'sbc', GPU: 'gpu-server' } as const;

function addDevice(
  { db, census, declared }: Accepting,
  { node: name, role }: DriftAction & { readonly do: 'add-device' },
): string {
  const node = census.nodes.find((one) => one.name === name);
  if (node === undefined) throw new Error(`No node ${name}`);
  const machine = machineClass(node, undefined);
  const kind = machine in kindOfClass ? kindOfClass[machine as keyof typeof kindOfClass] : 'server'; // `in` says so
  const device = insertRecord(db, kindOf('device'), {
    ...{ name: asName(name), kind, status: 'active', heightUnits: 1, hostname: name },
    ...toldOf(node),
  });
  insertRecord(db, kindOf('cluster-member'), { cluster: declared.cluster.id, device, role });
  return device;
}

function placesOf({ places, nodes }: Places, { devices }: Added): string[] {
  return [...places, ...nodes.flatMap((node) => devices.get(node) ?? [])];
}

function toldOf({ architecture, cores, memory }: CensusNode) {
  return {
    ...(architecture !== '' && { architecture: architecture.slice(0, 100) }),
    ...(cores !== null && Number.isInteger(cores) && cores > 0 && { cpuCores: cores }),
    ...(memory !== null && memory > 0 && { memoryBytes: Math.round(memory) }),
  };
}

function addService(
  { db, census, declared: { cluster } }: Accepting,
  { workload: key }: DriftAction & { readonly do: 'add-service' },
  places: readonly string[],
): string {
  const workload = census.workloads.find((one) => one.key === key);
  if (workload === undefined) throw new Error(`No workload ${key}`);
  const { namespace, replicas } = workload;
  const id = insertRecord(db, kindOf('service'), {
    ...{ name: freeName(db, workload, cluster.name), kind: 'workload', cluster: cluster.id },
    ...(namespace !== '' && { namespace }),
    ...(replicas !== null && replicas <= mostReplicas && { replicas }),
    ...amounts(workload),
  });
  for (const deviceId of places) db.tables.services.addRunsOn(id, deviceId);
  return id;
}

/** As the inventory takes them. */
const mostReplicas = 10_000;
const mostThousandths = 10_000_000;

function amounts({ asks, limits }: CensusWorkload) {
  const thousandths = (cores: number | null) =>
    cores === null ? null : Math.min(mostThousandths, Math.round(cores * 1_000));
  const told = {
    cpuRequest: thousandths(asks.cpu),
    cpuLimit: thousandths(limits.cpu),
    memoryRequest: asks.memory === null ? null : Math.round(asks.memory),
    memoryLimit: limits.memory === null ? null : Math.round(limits.memory),
  };
  return Object.fromEntries(Object.entries(told).filter(([, amount]) => amount !== null));
}

/** Another cluster may have one of the same name. */
function freeName(db: Database, workload: CensusWorkload, clusterName: string): string {
  const name = serviceName(workload);
  const isFree = (text: string) => db.tables.services.idByName(text) === undefined;
  if (isFree(name)) return name;
  const whole = `${workload.namespace}/${workload.name}`;
  const base = `${isFree(whole) ? whole : name} (${clusterName})`;
  let free = isFree(whole) ? whole : base;
  for (let number = 2; !isFree(free); number += 1) free = `${base} ${number}`;
  return free;
}

/** Tags that stand for labels become these; all others stay. */
function setTags(
  { tables: { tags } }: Database,
  { deviceId, tags: wanted }: DriftAction & { readonly do: 'set-tags' },
): void {
  for (const name of tags.of([deviceId]).get(deviceId) ?? []) {
    const id = tags.idByName(name);
    if (id !== undefined && name.includes('=') && !wanted.includes(name)) tags.remove(deviceId, id);
  }
  for (const name of wanted) tags.add({ kind: 'device', id: deviceId }, tags.ensure(name));
  tags.removeUnused();
}

function setPlaces({ tables }: Database, serviceId: string, places: readonly string[]): void {
  const kind = kindOf('service-runs-on');
  const query = {
    ...{ words: [], where: [{ field: 'service', value: serviceId }] },
    ...{ sort: { field: null, descending: false }, offset: 0, limit: 10_000 },
  };
  const gone = tables.records
    .list(kind, query)
    .rows.filter(({ values }) => !places.includes(String(values.device)));
  tables.records.removeAll(
    kind,
    gone.map(({ id }) => id),
  );
  for (const deviceId of places) tables.services.addRunsOn(serviceId, deviceId);
}

function addDependency(
  { db, services }: Accepting,
  { from, to }: DriftAction & { readonly do: 'add-dependency' },
  added: Added,
): void {
  const idOf = (workload: string) => services.get(workload)?.id ?? added.services.get(workload);
  const [own, needed] = [idOf(from), idOf(to)];
  if (own === undefined || needed === undefined) {
    throw new RackhelmError('INVALID_INPUT', 'A dependency is between two services.', {
      hint: 'Accept its workloads as services first, or together with it.',
    });
  }
  db.tables.services.addDependsOn(own, needed);
}
