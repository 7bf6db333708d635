import { formatCount } from '../../../shared/model/amounts.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { kindOf } from '../../../shared/model/kinds/index.ts';
import { nextNames } from '../../../shared/model/name-count.ts';
import { powerGraph } from '../../../shared/topology/power-graph.ts';
import { type Database, newId } from '../db/index.ts';

/** Who asks for a change. */
type Source = 'app' | 'cli';

interface Changed {
  readonly changeSetId: string;
}

export interface Plugging {
  addBreaker(
    input: {
      readonly name: string;
      readonly siteId: string | null;
      readonly feed: 'A' | 'B' | null;
      readonly phase: 'L1' | 'L2' | 'L3' | null;
      readonly volts: number | null;
      readonly amperes: number | null;
      readonly outlets: number;
    },
    source?: Source,
  ): Changed & { id: string };
  addUnit(
    input: {
      readonly name: string;
      readonly kind: 'ups' | 'pdu';
      readonly outlets: number;
      readonly nameplate: number | null;
      readonly battery: number | null;
      readonly sourceId: string | null;
    },
    source?: Source,
  ): Changed & { deviceId: string };
  addOutlets(
    input: { readonly deviceId: string; readonly count: number },
    source?: Source,
  ): Changed;
  plug(
    input: {
      readonly deviceId: string;
      readonly inputId: string | null;
      readonly sourceId: string;
      readonly replace: boolean;
    },
    source?: Source,
  ): Changed;
  unplug(input: { readonly inputId: string }, source?: Source): Changed;
}

const pointKind = kindOf('power-point');
const linkKind = kindOf('power-link');
const deviceKind = kindOf('device');

export function createPlugging(db: Database): Plugging {
  const { records } = db.tables;
  const nameOf = (id: string) => {
    const found = records.get(pointKind, id);
    if (found !== undefined) return found.name;
    throw new RackhelmError('NOT_FOUND', 'This outlet or supply does not exist any more.');
  };
  const deviceName = (id: string) => {
    const found = records.get(deviceKind, id);
    if (found !== undefined) return found.name;
    throw new RackhelmError('NOT_FOUND', 'This device does not exist any more.');
  };

  return {
    addBreaker({ name, siteId, outlets, ...fields }, source = 'app') {
      const taken = db.tables.power.pointNames(null).some((one) => sameName(one, name));
      if (taken) {
        throw new RackhelmError(
          'DUPLICATE',
          `There is a breaker or an outlet called ${name} already.`,
          {
            data: { field: 'name' },
          },
        );
      }
      const id = newId();
      const { changeSetId } = db.change({ title: `Added breaker ${name}`, source }, () => {
        records.insert(pointKind, id, { name, role: 'breaker', site: siteId, ...fields });
        addOutletsTo(db, { device: null, fedBy: id, first: `${name} outlet 0`, count: outlets });
      });
      return { changeSetId, id };
    },
    addUnit({ name, kind, outlets, sourceId, nameplate, battery }, source = 'app') {
      const [known] = records.idsByName(deviceKind, name, 1);
      const what = kind === 'ups' ? 'UPS' : 'PDU';
      const title = `Added ${what} ${name} with ${formatCount(outlets, 'outlet')}`;
      const { result, changeSetId } = db.change({ title, source }, () => {
        const deviceId = known ?? newId();
        const plate = {
          ...(nameplate === null ? {} : { nameplate }),
          ...(battery === null ? {} : { battery }),
        };
        if (known !== undefined) records.update(deviceKind, deviceId, plate);
        else records.insert(deviceKind, deviceId, { ...newDevice(name, kind), ...plate });
        const input = firstInput(db, deviceId) ?? addInput(db, deviceId, 'Input');
        addOutletsTo(db, { device: deviceId, fedBy: input, first: 'Outlet 0', count: outlets });
        if (sourceId !== null) link(db, { inputId: input, sourceId, replace: false });
        return deviceId;
      });
      return { changeSetId, deviceId: result };
    },
    addOutlets({ deviceId, count }, source = 'app') {
      const title = `Added ${formatCount(count, 'outlet')} to ${deviceName(deviceId)}`;
      return db.change({ title, source }, () => {
        const names = db.tables.power.pointNames(deviceId).filter((name) => /\d/.test(name));
        const first = names.at(-1) ?? 'Outlet 0';
        addOutletsTo(db, {
          device: deviceId,
          fedBy: firstInput(db, deviceId) ?? null,
          first,
          count,
        });
      });
    },
    plug({ deviceId, inputId, sourceId, replace }, source = 'app') {
      const title = `Plugged ${deviceName(deviceId)} into ${nameOf(sourceId)}`;
      return db.change({ title, source }, () => {
        const input = inputId ?? freeInput(db, deviceId) ?? addInput(db, deviceId, 'PSU 1');
        if (records.get(pointKind, input)?.values.device !== deviceId) {
          throw new RackhelmError('INVALID_INPUT', 'This supply belongs to another device.');
        }
        link(db, { inputId: input, sourceId, replace });
      });
    },
    unplug({ inputId }, source = 'app') {
      return db.change({ title: `Unplugged ${nameOf(inputId)}`, source }, () => {
        for (const id of db.tables.power.linkIdsOf('input', inputId)) records.remove(linkKind, id);
      });
    },
  };
}

const sameName = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const newDevice = (name: string, kind: string) => ({
  name,
  kind,
  status: 'active',
  heightUnits: 1,
});

const firstInput = (db: Database, deviceId: string) => db.tables.power.inputIdsOf(deviceId)[0];
const freeInput = ({ tables: { power } }: Database, deviceId: string) =>
  power.inputIdsOf(deviceId).find((id) => power.linkIdsOf('input', id).length === 0);

function addInput(db: Database, deviceId: string, first: string): string {
  const taken = new Set(db.tables.power.pointNames(deviceId).map((name) => name.toLowerCase()));
  const isTaken = (name: string) => taken.has(name.toLowerCase());
  const name = isTaken(first) ? (nextNames(first, 1, isTaken)[0] ?? first) : first;
  const id = newId();
  db.tables.records.insert(pointKind, id, { device: deviceId, name, role: 'input' });
  return id;
}

interface NewOutlets {
  readonly device: string | null;
  readonly fedBy: string | null;
  /** The names follow this one. */
  readonly first: string;
  readonly count: number;
}

function addOutletsTo(db: Database, { device, fedBy, first, count }: NewOutlets): void {
  const names = db.tables.power.pointNames(device);
  const taken = new Set(names.map((name) => name.toLowerCase()));
  const following = nextNames(first, count, (name) => taken.has(name.toLowerCase()));
  following.forEach((name, index) => {
    const values = { device, name, role: 'outlet', fedBy, ordinal: names.length + index };
    db.tables.records.insert(pointKind, newId(), values);
  });
}

interface NewLink {
  readonly inputId: string;
  readonly sourceId: string;
  readonly replace: boolean;
}

/** Inside a change set: what the input hung on before is left; an outlet that is taken is refused or freed. */
function link(db: Database, { inputId, sourceId, replace }: NewLink): void {
  const { records } = db.tables;
  const source = records.get(pointKind, sourceId);
  if (source === undefined || source.values.role === 'input') {
    throw new RackhelmError('INVALID_INPUT', 'Power comes from an outlet or a breaker.');
  }
  const others =
    source.values.role === 'outlet' ? db.tables.power.linkIdsOf('source', sourceId) : [];
  for (const id of others) {
    const plugged = records.get(linkKind, id);
    if (plugged?.values.input === inputId) return;
    if (!replace) {
      throw new RackhelmError(
        'INVALID_INPUT',
        `${source.name} is taken by ${plugged?.names.input}.`,
        {
          hint: 'Choose a free outlet, or replace what is plugged in.',
          data: { taken: true, sourceId },
        },
      );
    }
    records.remove(linkKind, id);
  }
  for (const id of db.tables.power.linkIdsOf('input', inputId)) records.remove(linkKind, id);
  if (isAbove(db, inputId, sourceId)) {
    throw new RackhelmError('INVALID_INPUT', `${source.name} is fed by this very device.`, {
      hint: 'Power would go round in a circle; choose another outlet.',
    });
  }
  records.insert(linkKind, newId(), { source: sourceId, input: inputId });
}

/** Whether the source draws from the input in the end. */
function isAbove(db: Database, inputId: string, sourceId: string): boolean {
  const graph = powerGraph(db.tables.power.inventory());
  const seen = new Set<string>();
  const todo = [sourceId];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    if (at === inputId) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    todo.push(...(graph.feeders.get(at) ?? []));
  }
  return false;
}
