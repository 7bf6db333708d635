import type { Database } from '../../db/index.ts';

/** Longer than any chain of strips, so that a circle ends as well. */
const deepest = 20;

/**
 * What the power of a device comes from in the end, by name: `UPS 1`, or `breaker K4`. One with several
 * supplies that come from different sources depends on none of them alone.
 */
export function powerDomainsOf(db: Database): (deviceId: string) => readonly string[] {
  const { points, links, devices } = db.tables.power.inventory();
  const byId = new Map(points.map((point) => [point.id, point]));
  const inputs = Map.groupBy(
    points.filter(({ role }) => role === 'input'),
    ({ deviceId }) => deviceId,
  );
  const sourceOf = new Map(links.map(({ source, input }) => [input, source]));
  const nameOf = new Map(devices.map(({ id, name }) => [id, name]));

  /** Upwards from an input; null where nothing is documented above it. */
  const topOf = (inputId: string): string | null => {
    let at = byId.get(sourceOf.get(inputId) ?? '');
    let top: string | null = null;
    for (let depth = 0; at !== undefined && depth < deepest; depth += 1) {
      const { deviceId, fedBy, name } = at;
      top = deviceId === null ? name : (nameOf.get(deviceId) ?? name);
      const [above] = deviceId === null ? [] : (inputs.get(deviceId) ?? []);
      at = byId.get(fedBy ?? (above === undefined ? '' : (sourceOf.get(above.id) ?? '')));
    }
    return top;
  };
  return (deviceId) => {
    const tops = new Set((inputs.get(deviceId) ?? []).map(({ id }) => topOf(id)));
    const [only] = tops;
    return tops.size === 1 && only ? [only] : [];
  };
}
