import {
  capacityOf,
  type PowerGraph,
  type PowerPoint,
  powerGraph,
} from '../../../../shared/topology/power-graph.ts';
import { loadsOf } from '../../../../shared/topology/power-load.ts';
import { overloadedIn } from '../../../../shared/topology/power-summary.ts';
import type { LintInventory, LintRow } from '../lint-inventory.ts';
import { text } from '../networks-in.ts';
import type { Rule } from '../rule.ts';

export const outletTwice: Rule = {
  name: 'outlet-twice',
  title: 'Outlets with two plugs in them',
  *find(inventory) {
    for (const [id, links] of inventory.by('power-link', 'source')) {
      const outlet = inventory.row('power-point', id);
      if (outlet?.values.role !== 'outlet' || links.length < 2) continue;
      const inputs = links.flatMap(
        ({ values }) => inventory.row('power-point', values.input) ?? [],
      );
      yield {
        severity: 'error',
        message: `${inventory.nameOf('power-point', outlet)} feeds ${links.length} inputs.`,
        hint: 'An outlet takes one plug. Move the other, or add the strip that is in between.',
        subjects: [outlet, ...inputs].map((row) => inventory.subject('power-point', row)),
      };
    }
  },
};

export const sameFeed: Rule = {
  name: 'same-feed',
  title: 'Devices whose supplies hang on one source',
  *find(inventory) {
    for (const [id, points] of inventory.by('power-point', 'device')) {
      const inputs = points.filter(({ values }) => values.role === 'input');
      const device = inventory.row('device', id);
      if (inputs.length < 2 || device === undefined || isSource(device)) continue;
      const sources = inputs.map((input) => beginning(inventory, input));
      const [first] = sources;
      if (first === undefined || sources.some((source) => source?.id !== first.id)) continue;
      yield {
        severity: 'note',
        message: `All supplies of ${text(device, 'name')} hang on ${inventory.nameOf('power-point', first)}.`,
        hint: 'When that goes, the device goes; plug one into another feed.',
        subjects: [inventory.subject('device', device), inventory.subject('power-point', first)],
      };
    }
  },
};

const isSource = ({ values }: LintRow) => values.kind === 'ups' || values.kind === 'pdu';

export const powerOverload: Rule = {
  name: 'power-overload',
  title: 'More load than a breaker, an outlet or a UPS may carry',
  *find(inventory) {
    const graph = graphOf(inventory);
    const loads = loadsOf(graph);
    for (const id of overloadedIn(graph, loads)) {
      const point = inventory.row('power-point', id);
      if (point === undefined) continue;
      const load = Math.round(loads.points.get(id)?.load ?? 0);
      yield {
        severity: 'error',
        message: `${inventory.nameOf('power-point', point)} would carry ${load} W, but may carry ${capacityOf(graph, id)} W.`,
        hint: 'Plug something into another outlet or feed.',
        subjects: [inventory.subject('power-point', point)],
      };
    }
  },
};

export const powerCircle: Rule = {
  name: 'power-circle',
  title: 'Power that feeds itself',
  *find(inventory) {
    for (const circle of graphOf(inventory).circles) {
      const points = circle.flatMap((id) => inventory.row('power-point', id) ?? []);
      const names = points.map((point) => inventory.nameOf('power-point', point));
      yield {
        severity: 'error',
        message: `${names.slice(0, 5).join(' → ')}${names.length > 5 ? ' → …' : ''} → ${names[0] ?? ''}: no power comes in anywhere.`,
        hint: 'Unplug the one that does not hang there.',
        subjects: points.map((point) => inventory.subject('power-point', point)),
      };
    }
  },
};

function graphOf(inventory: LintInventory): PowerGraph {
  // The kinds of the fields say which values there are.
  const points = inventory
    .rows('power-point')
    .map(
      ({ id, values: { device, ...rest } }) => ({ id, deviceId: device, ...rest }) as unknown,
    ) as PowerPoint[];
  return powerGraph({
    points,
    links: inventory
      .rows('power-link')
      .map(({ values }) => ({ source: String(values.source), input: String(values.input) })),
    devices: inventory.rows('device').map(({ id, values }) => ({
      id,
      nameplate: values.nameplate as number | null,
      measured: values.measured as number | null,
      battery: null,
    })),
  });
}

/** Longer than any chain that is built, so that a circle ends as well. */
const longest = 50;

/** Where the power of an input comes from in the end; undefined where it is not plugged in. */
function beginning(inventory: LintInventory, input: LintRow): LintRow | undefined {
  let at: LintRow | undefined = input;
  let source: LintRow | undefined;
  for (let step = 0; step < longest && at !== undefined; step += 1) {
    const [link]: readonly LintRow[] = inventory.of('power-link', 'input', at.id);
    const before: LintRow | undefined =
      link === undefined
        ? inventory.row('power-point', at.values.fedBy)
        : inventory.row('power-point', link.values.source);
    source = before ?? source;
    at = before;
  }
  return source;
}
