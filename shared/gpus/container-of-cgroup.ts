import type { GpuContainer } from './gpu-reading.ts';

type Place = Omit<GpuContainer, 'name'>;

const hash = '([0-9a-f]{64})';
/** cgroup v1 and v2, with systemd or without; a path may hold several, of which the innermost counts. */
const shapes: readonly (readonly [RegExp, GpuContainer['runtime']])[] = [
  [new RegExp(`kubepods.*[-/:]${hash}(?:\\.scope)?$`), 'kubernetes'],
  [new RegExp(`libpod-(?:conmon-)?${hash}(?:\\.scope)?(?:/container)?$`), 'podman'],
  [new RegExp(`docker[-/]${hash}(?:\\.scope)?(?:/.*)?$`), 'docker'],
  [new RegExp(`[-/:]${hash}(?:\\.scope)?$`), 'other'],
];

/**
 * Whose a process is, by the lines of its /proc/PID/cgroup. Null: it runs on the machine itself, or the
 * lines do not tell.
 */
export function containerOfCgroup(lines: readonly string[]): Place | null {
  const paths = lines.map((line) => line.replace(/^\d+:[^:]*:/, '').trim());
  for (const [shape, runtime] of shapes) {
    for (const path of paths) {
      const id = shape.exec(path)?.[1];
      if (id !== undefined) return { runtime, id };
    }
  }
  return null;
}
