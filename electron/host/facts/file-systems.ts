import type { FileSystem } from '../../../shared/model/facts.ts';
import type { Evidence } from './evidence.ts';
import { failed, ok, reasonOf, type SectionParser } from './outcome.ts';

/** Kinds that live in memory, are read-only images, or show another file system once more. */
const uninteresting = new Set([
  'autofs',
  'cgroup',
  'cgroup2',
  'devfs',
  'devtmpfs',
  'efivarfs',
  'fdescfs',
  'fdesc',
  'fuse.lxcfs',
  'fuse.snapfuse',
  'kernfs',
  'linprocfs',
  'linsysfs',
  'linrdlnk',
  'mqueue',
  'mqueuefs',
  'nsfs',
  'overlay',
  'proc',
  'procfs',
  'ptyfs',
  'ramfs',
  'rootfs',
  'squashfs',
  'sysfs',
  'tmpfs',
]);

export const parseFileSystems: SectionParser<'fileSystems'> = (evidence) => {
  const types = mountTypes(evidence);
  const parts = ['df', 'df-local', 'df-plain'].flatMap((label) => evidence.part(label) ?? []);
  // df ends with 1 where one mount of many may not be looked at; the others still count. One that
  // was stopped in the middle tells less than the next that came to its end.
  const ended = parts.filter(({ end }) => typeof end === 'number');
  for (const part of [...ended, ...parts]) {
    const rows = readDf(part.text, types);
    if (rows.length > 0) return ok(once(rows.filter(isInteresting)));
  }
  // A df that ends well and prints no row may know another way of asking.
  if (parts.some(({ end }) => end === 0) && !evidence.part('df-plain')) evidence.doubt('df');
  return failed(reasonOf('df', evidence.part('df'), evidence));
};

function mountTypes(evidence: Evidence): Map<string, string> {
  const types = new Map<string, string>();
  for (const line of evidence.lines('/proc/mounts') ?? []) {
    const [, mountPoint, type] = line.split(' ');
    // A later mount on the same place hides the earlier one.
    if (mountPoint !== undefined && type !== undefined) types.set(unescapeBlanks(mountPoint), type);
  }
  if (types.size > 0) return types;
  // BSD and macOS: `/dev/ada0p2 on / (ufs, local, soft-updates)`, NetBSD `/dev/wd0a on / type ffs (local)`.
  for (const line of evidence.part('mount')?.text.split('\n') ?? []) {
    const on = line.indexOf(' on ');
    const open = line.lastIndexOf(' (');
    if (on === -1 || open <= on) continue;
    const [at = '', word] = line.slice(on + 4, open).split(' type ');
    types.set(at, word ?? line.slice(open + 2).split(/[,)]/, 1)[0] ?? '');
  }
  return types;
}

/** The kernel writes blanks as `\040`. */
function unescapeBlanks(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

/** What follows the source; macOS counts files as well. All counts are bounded, so that it is linear wherever it is tried. */
const figures =
  /\s(-?\d{1,20})\s{1,64}(-?\d{1,20})\s{1,64}(-?\d{1,20})\s{1,64}(?:-?\d{1,20}%|-)\s{1,64}(?:\d{1,20}\s{1,64}\d{1,20}\s{1,64}\d{1,3}%\s{1,64})?(\/[\s\S]*)$/;

function readDf(text: string, types: ReadonlyMap<string, string>): FileSystem[] {
  const rows: FileSystem[] = [];
  // Without -P a long source stands on a line of its own.
  let alone = '';
  for (const line of text.split('\n')) {
    const found = figures.exec(line);
    const source = (found ? line.slice(0, found.index) : line).trim();
    if (found) rows.push(rowOf(source || alone, found, types));
    alone = found || /\s/.test(source) ? '' : source;
  }
  return rows.filter(({ source }) => source !== '');
}

function rowOf(
  source: string,
  [, size, used, available, at = '']: RegExpExecArray,
  types: ReadonlyMap<string, string>,
): FileSystem {
  return {
    mountPoint: at,
    source,
    type: types.get(at) ?? null,
    sizeBytes: bytesOf(size),
    usedBytes: bytesOf(used),
    availableBytes: bytesOf(available),
  };
}

/** Blocks kept back for root can make it negative; buckets claim more than a number can hold. */
function bytesOf(kib: string | undefined): number {
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Number(kib) * 1024));
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
  if (/^\/(proc|sys|dev)\/|^\/etc\/(hosts|hostname|resolv\.conf)$/.test(fs.mountPoint))
    return false;
  // By its own name, whatever the table of mounts says: BSD's df names no kinds.
  if (uninteresting.has(fs.source) || /^map( |$)/.test(fs.source)) return false;
  // macOS shows volumes of its own that share one disk.
  if (/^\/System\/Volumes\/(?!Data$)/.test(fs.mountPoint)) return false;
  if (fs.type !== null) return !uninteresting.has(fs.type);
  return fs.source !== 'none' && fs.source !== 'udev';
}
