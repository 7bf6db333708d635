import type { FileSystem } from '../../../shared/model/facts.ts';
import type { Evidence } from './evidence.ts';
import { failed, ok, reasonOf, type SectionParser } from './outcome.ts';

/** Kinds that live in memory, are read-only images, or show another file system once more. */
const uninteresting = new Set([
  'autofs',
  'cgroup',
  'cgroup2',
  'devtmpfs',
  'efivarfs',
  'fuse.lxcfs',
  'fuse.snapfuse',
  'nsfs',
  'overlay',
  'proc',
  'ramfs',
  'squashfs',
  'sysfs',
  'tmpfs',
]);

export const parseFileSystems: SectionParser<'fileSystems'> = (evidence) => {
  const types = mountTypes(evidence);
  for (const label of ['df', 'df-local', 'df-plain']) {
    const rows = readDf(evidence.part(label)?.text ?? '', types);
    // df ends with 1 where one mount of many may not be looked at; the others still count.
    if (rows.length > 0) return ok(once(rows.filter(isInteresting)));
  }
  return failed(reasonOf('df', evidence.part('df')));
};

function mountTypes(evidence: Evidence): Map<string, string> {
  const types = new Map<string, string>();
  for (const line of evidence.lines('/proc/mounts') ?? []) {
    const [, mountPoint, type] = line.split(' ');
    // A later mount on the same place hides the earlier one.
    if (mountPoint !== undefined && type !== undefined) types.set(unescapeBlanks(mountPoint), type);
  }
  return types;
}

/** The kernel writes blanks as `\040`. */
function unescapeBlanks(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

const row = /^(\S.*?)\s+(\d+)\s+(\d+)\s+(-?\d+)\s+(?:\d+%|-)\s+(\/.*)$/gm;

function readDf(text: string, types: ReadonlyMap<string, string>): FileSystem[] {
  // Without -P a long source stands on a line of its own.
  const joined = text.replace(/^(\S+)\n\s+(?=\d)/gm, '$1 ');
  return [...joined.matchAll(row)].map(([, source = '', size, used, available, at = '']) => ({
    mountPoint: at,
    source,
    type: types.get(at) ?? null,
    sizeBytes: Number(size) * 1024,
    usedBytes: Number(used) * 1024,
    // Blocks kept back for root can make this negative.
    availableBytes: Math.max(0, Number(available)) * 1024,
  }));
}

/** busybox df also shows bind mounts: a disk counts once, where it was mounted first. */
function once(rows: readonly FileSystem[]): FileSystem[] {
  const seen = new Set<string>();
  return rows.filter(({ source }) => {
    const isNew = !source.startsWith('/dev/') || !seen.has(source);
    seen.add(source);
    return isNew;
  });
}

function isInteresting(fs: FileSystem): boolean {
  if (fs.sizeBytes === 0) return false;
  if (fs.mountPoint === '/') return true;
  // Files that somebody mounted over the kernel's own, as containers have them.
  if (/^\/(proc|sys|dev)\//.test(fs.mountPoint)) return false;
  if (fs.type !== null) return !uninteresting.has(fs.type);
  return !uninteresting.has(fs.source) && fs.source !== 'none' && fs.source !== 'udev';
}
