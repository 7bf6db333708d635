import type { PowerGraph } from './power-graph.ts';

/**
 * A line of the drawing of all power, from the top: a breaker or an outlet, with what is plugged into
 * it where that is one thing; or a device by one of its inputs.
 */
export interface PowerLine {
  readonly depth: number;
  /** The line above that it hangs on; null at the beginning. */
  readonly parent: number | null;
  /** The breaker or the outlet; null where a device begins a line of its own. */
  readonly pointId: string | null;
  /** The input that is plugged in, and its device. */
  readonly inputId: string | null;
  readonly deviceId: string | null;
  /** Its outlets stand in another line, since it has several inputs. */
  readonly repeated: boolean;
  readonly children: number;
}

type Open = { -readonly [K in keyof PowerLine]: PowerLine[K] };

/** Lines in the order of the drawing. What is in a circle and hangs on nothing else is left out. */
export function powerLines(graph: PowerGraph): PowerLine[] {
  const lines: Open[] = [];
  const drawn = new Set<string>();
  const onPath = new Set<string>();

  const push = (line: Omit<Open, 'depth' | 'repeated' | 'children'>): number => {
    const above = line.parent === null ? undefined : lines[line.parent];
    if (above !== undefined) above.children += 1;
    const depth = above === undefined ? 0 : above.depth + 1;
    return lines.push({ ...line, depth, repeated: false, children: 0 }) - 1;
  };

  const below = (id: string) => {
    const fed = (graph.fed.get(id) ?? []).flatMap((one) => graph.points.get(one) ?? []);
    return {
      inputs: fed.filter(({ role }) => role === 'input'),
      outlets: fed.filter(({ role }) => role !== 'input'),
    };
  };

  const drawSource = (id: string, parent: number | null): void => {
    if (onPath.has(id)) return;
    onPath.add(id);
    const { inputs, outlets } = below(id);
    const [only, ...others] = inputs;
    const isOutlet = graph.points.get(id)?.role === 'outlet';
    const together = isOutlet && others.length === 0 && outlets.length === 0 ? only : undefined;
    const line = push({
      parent,
      pointId: id,
      inputId: together?.id ?? null,
      deviceId: together?.deviceId ?? null,
    });
    for (const outlet of outlets) drawSource(outlet.id, line);
    if (together !== undefined) drawOutlets(together.deviceId, line);
    else for (const input of inputs) drawDevice(input, line);
    onPath.delete(id);
  };

  const drawDevice = (
    input: { readonly id: string; readonly deviceId: string | null },
    parent: number | null,
  ): void => {
    const { id: inputId, deviceId } = input;
    drawOutlets(deviceId, push({ parent, pointId: null, inputId, deviceId }));
  };

  const drawOutlets = (deviceId: string | null, parent: number): void => {
    const outlets = graph.outletsOf.get(deviceId ?? '') ?? [];
    const line = lines[parent];
    if (deviceId === null || outlets.length === 0 || line === undefined) return;
    line.repeated = drawn.has(deviceId);
    if (line.repeated) return;
    drawn.add(deviceId);
    for (const outlet of outlets) {
      // One that another outlet feeds is drawn below that one.
      const isSecond = (graph.feeders.get(outlet.id) ?? []).some(
        (from) => graph.points.get(from)?.role === 'outlet',
      );
      if (!isSecond) drawSource(outlet.id, parent);
    }
  };

  for (const point of graph.points.values()) {
    const begins = (graph.feeders.get(point.id) ?? []).length === 0;
    if (begins && point.deviceId === null) drawSource(point.id, null);
  }
  // A UPS or a PDU with nothing above it; then those whose outlets have no input either.
  for (const deviceId of graph.outletsOf.keys()) {
    const inputs = graph.inputsOf.get(deviceId) ?? [];
    const loose = inputs.find(({ id }) => (graph.feeders.get(id) ?? []).length === 0);
    if (drawn.has(deviceId) || (inputs.length > 0 && loose === undefined)) continue;
    const line = push({ parent: null, pointId: null, inputId: loose?.id ?? null, deviceId });
    drawOutlets(deviceId, line);
  }
  return lines;
}
