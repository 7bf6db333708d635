/** Where power comes in or goes out; as shared/model/kinds has it. Watts, volts, amperes. */
export interface PowerPoint {
  readonly id: string;
  /** Null: of the house, as a breaker and the outlets in the wall are. */
  readonly deviceId: string | null;
  readonly role: 'breaker' | 'outlet' | 'input';
  readonly feed: 'A' | 'B' | null;
  readonly phase: 'L1' | 'L2' | 'L3' | null;
  readonly volts: number | null;
  readonly amperes: number | null;
  readonly nameplate: number | null;
  readonly measured: number | null;
  readonly fedBy: string | null;
}

export interface PowerDevice {
  readonly id: string;
  readonly nameplate: number | null;
  readonly measured: number | null;
  /** Watt hours of its battery. */
  readonly battery: number | null;
}

export interface PowerInventory {
  readonly points: readonly PowerPoint[];
  readonly links: readonly { readonly source: string; readonly input: string }[];
  /** At least those that have points. */
  readonly devices: readonly PowerDevice[];
}

/** The inventory with what feeds what, looked up once for all scenarios. */
export interface PowerGraph {
  readonly points: ReadonlyMap<string, PowerPoint>;
  readonly devices: ReadonlyMap<string, PowerDevice>;
  readonly inputsOf: ReadonlyMap<string, readonly PowerPoint[]>;
  readonly outletsOf: ReadonlyMap<string, readonly PowerPoint[]>;
  /** What a point draws from: none where it stands at the beginning. */
  readonly feeders: ReadonlyMap<string, readonly string[]>;
  /** The other way round. */
  readonly fed: ReadonlyMap<string, readonly string[]>;
  /** Feed, phase and voltage, where need be those of what feeds it. */
  readonly nature: ReadonlyMap<string, Nature>;
  /** Points that feed themselves in the end: one list for each circle. */
  readonly circles: readonly (readonly string[])[];
}

export type Nature = Pick<PowerPoint, 'feed' | 'phase' | 'volts'>;

export function powerGraph({ points, links, devices }: PowerInventory): PowerGraph {
  const byId = new Map(points.map((point) => [point.id, point]));
  const inputsOf = ofDevices(points, 'input');
  const outletsOf = ofDevices(points, 'outlet');
  const source = new Map(links.map((link) => [link.input, link.source]));
  const feeders = new Map(
    points.map((point) => {
      const own = source.get(point.id) ?? point.fedBy;
      const from =
        own !== null
          ? [own]
          : point.role === 'outlet'
            ? // Where nobody says which of its inputs feeds an outlet, each may.
              (inputsOf.get(point.deviceId ?? '') ?? []).map(({ id }) => id)
            : [];
      return [point.id, from.filter((id) => byId.has(id))] as const;
    }),
  );
  const circles = circlesIn(feeders);
  return {
    points: byId,
    devices: new Map(devices.map((device) => [device.id, device])),
    inputsOf,
    outletsOf,
    feeders,
    fed: turnedRound(feeders),
    nature: naturesOf(byId, feeders),
    circles,
  };
}

function ofDevices(points: readonly PowerPoint[], role: PowerPoint['role']) {
  const of = points.filter((point) => point.role === role && point.deviceId !== null);
  return Map.groupBy(of, ({ deviceId }) => deviceId ?? '');
}

function turnedRound(feeders: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const fed = new Map<string, string[]>();
  for (const [id, from] of feeders) {
    for (const one of from) fed.set(one, [...(fed.get(one) ?? []), id]);
  }
  return fed;
}

/** Depth first without recursion: a chain may be as long as the inventory. */
function circlesIn(feeders: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>();
  const circles: string[][] = [];
  for (const start of feeders.keys()) {
    const path: string[] = [];
    const onPath = new Map<string, number>();
    const todo: { readonly id: string; readonly leave: boolean }[] = [{ id: start, leave: false }];
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      const { id, leave } = next;
      if (leave) {
        path.pop();
        onPath.delete(id);
        done.add(id);
        continue;
      }
      const began = onPath.get(id);
      if (began !== undefined) circles.push(path.slice(began));
      if (began !== undefined || done.has(id)) continue;
      onPath.set(id, path.push(id) - 1);
      todo.push({ id, leave: true });
      for (const from of feeders.get(id) ?? []) todo.push({ id: from, leave: false });
    }
  }
  return circles;
}

function naturesOf(
  points: ReadonlyMap<string, PowerPoint>,
  feeders: ReadonlyMap<string, readonly string[]>,
): Map<string, Nature> {
  const natures = new Map<string, Nature>();
  const resolve = (id: string): Nature => {
    // Upwards until something is known, then down again: no recursion, and no end in a circle.
    const chain: string[] = [];
    const seen = new Set<string>();
    let at: string | undefined = id;
    while (at !== undefined && !natures.has(at) && !seen.has(at)) {
      seen.add(at);
      chain.push(at);
      const from: readonly string[] = feeders.get(at) ?? [];
      // Fed from several, it has the nature of none of them.
      at = from.length === 1 ? from[0] : undefined;
    }
    let above: Nature = (at === undefined ? undefined : natures.get(at)) ?? {
      feed: null,
      phase: null,
      volts: null,
    };
    for (const one of chain.reverse()) {
      const point = points.get(one);
      above = {
        feed: point?.feed ?? above.feed,
        phase: point?.phase ?? above.phase,
        volts: point?.volts ?? above.volts,
      };
      natures.set(one, above);
    }
    return above;
  };
  for (const id of points.keys()) resolve(id);
  return natures;
}

/** What it may carry, in watts: current by voltage, or less where its plate says so. Null: not known. */
export function capacityOf(graph: PowerGraph, id: string): number | null {
  const point = graph.points.get(id);
  if (point === undefined) return null;
  const volts = graph.nature.get(id)?.volts ?? null;
  const byCurrent = point.amperes === null || volts === null ? null : point.amperes * volts;
  if (byCurrent === null) return point.nameplate;
  return point.nameplate === null ? byCurrent : Math.min(byCurrent, point.nameplate);
}
