import type {
  DeviceSupplies,
  PowerLineRow,
  PowerOutlet,
  PowerOverview,
} from '../../../shared/contract/power.ts';
import { capacityOf } from '../../../shared/topology/power-graph.ts';
import type { Database, NamedPoint } from '../db/index.ts';
import { overviewOf } from './overview.ts';
import { createPlugging, type Plugging } from './plug.ts';
import { pointName, type Reckoned, reckon, runTimeOfDevice } from './reckoned.ts';
import { type TreeQuery, treeOf } from './tree.ts';

interface Page {
  readonly search: string;
  readonly offset: number;
  readonly limit: number;
}

/** Inputs and outputs as shared/contract/power.ts has them; failures are RackhelmErrors. */
export interface Power extends Plugging {
  overview(): PowerOverview;
  tree(query: TreeQuery): { rows: PowerLineRow[]; total: number };
  undocumented(page: Page): {
    rows: { id: string; name: string; kind: string; why: 'no-supply' | 'not-plugged-in' }[];
    total: number;
  };
  outlets(query: Page & { readonly free: boolean }): { rows: PowerOutlet[]; total: number };
  device(deviceId: string): DeviceSupplies;
}

const wordsOf = (search: string) =>
  [
    ...new Set(
      search
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== ''),
    ),
  ].slice(0, 8);

export function createPower(db: Database): Power {
  return {
    ...createPlugging(db),
    overview: () => overviewOf(db),
    tree: (query) => treeOf(db, query),
    undocumented({ search, ...page }) {
      const { rows, total } = db.tables.power.undocumented({ ...page, words: wordsOf(search) });
      return {
        total,
        rows: rows.map(({ hasSupply, ...row }) => ({
          ...row,
          why: hasSupply === 1 ? 'not-plugged-in' : 'no-supply',
        })),
      };
    },
    outlets({ search, free, offset, limit }) {
      const all = reckon(db);
      const words = wordsOf(search);
      const found = [...all.points.values()]
        .filter(({ role }) => role !== 'input')
        .map((point) => outletRow(all, point))
        .filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
      const shown = free ? found.filter(({ taken }) => taken === null) : sortedFree(found);
      return { total: shown.length, rows: shown.slice(offset, offset + limit) };
    },
    device: (deviceId) => suppliesOf(reckon(db), deviceId),
  };
}

const sortedFree = (outlets: readonly PowerOutlet[]) =>
  outlets.toSorted((a, b) => Number(a.taken !== null) - Number(b.taken !== null));

function outletRow(all: Reckoned, { id, role }: NamedPoint): PowerOutlet {
  const plugged = (all.graph.fed.get(id) ?? []).find(
    (one) => all.points.get(one)?.role === 'input',
  );
  return {
    id,
    name: pointName(all, id),
    kind: role === 'breaker' ? 'breaker' : 'outlet',
    feed: all.graph.nature.get(id)?.feed ?? null,
    phase: all.graph.nature.get(id)?.phase ?? null,
    load: all.loads.points.get(id)?.load ?? 0,
    capacity: capacityOf(all.graph, id),
    // A breaker feeds as many as hang on it.
    taken: plugged === undefined || role === 'breaker' ? null : pointName(all, plugged),
  };
}

function suppliesOf(all: Reckoned, deviceId: string): DeviceSupplies {
  const consumer = all.loads.consumers.get(deviceId);
  const passed = all.loads.passed.get(deviceId);
  return {
    supplies: (all.graph.inputsOf.get(deviceId) ?? []).map(({ id }) => ({
      id,
      name: all.points.get(id)?.name ?? '',
      supply: all.loads.points.get(id)?.supply ?? 'none',
      load: all.loads.points.get(id)?.load ?? 0,
      feed: all.graph.nature.get(id)?.feed ?? null,
      path: pathOf(all, id),
    })),
    draw: consumer?.draw ?? null,
    basis: consumer?.basis ?? null,
    outlets: all.graph.outletsOf.get(deviceId)?.length ?? 0,
    passed: passed?.load ?? null,
    runTime: runTimeOfDevice(all, deviceId),
  };
}

/** Outlets and breakers from a plug up to the beginning; inputs in between go without saying. */
function pathOf(all: Reckoned, inputId: string): string[] {
  const path: string[] = [];
  const seen = new Set<string>();
  let at: string | undefined = inputId;
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    if (all.points.get(at)?.role !== 'input') path.push(pointName(all, at));
    at = all.graph.feeders.get(at)?.[0];
  }
  return path;
}
