import type { Evidence } from './evidence.ts';

/** The second is where the kernel keeps it; the first a link to it that containers may lack. */
const deviceTreePlaces = ['/proc/device-tree', '/sys/firmware/devicetree/base'];

export function deviceTree(evidence: Evidence, name: string): string | null {
  const suffix = `/${name}:`;
  const line = evidence
    .part('device-tree')
    ?.text.split('\n')
    .find((candidate) => deviceTreePlaces.some((place) => candidate.startsWith(place + suffix)));
  return (
    line
      ?.slice(line.indexOf(suffix) + suffix.length)
      .replaceAll('\0', '')
      .trim() || null
  );
}
