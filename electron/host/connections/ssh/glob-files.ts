import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';

// Nobody includes as many files; a pattern such as `/*/*/*/*` may meet more.
const mostPaths = 10_000;

/**
 * The paths that glob(7) finds for an absolute pattern, sorted: `*`, `?`, `[…]` and `\`; none of them
 * crosses a `/` or meets a leading dot. A pattern without any of them is a path, if it is there.
 */
export function globFiles(pattern: string): string[] {
  const { root } = path.parse(pattern);
  const segments = pattern.slice(root.length).split(/[/]+/).filter(Boolean);
  let found: string[] = [root];
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    found = found.flatMap((folder) => step(folder, segment, last)).slice(0, mostPaths);
  }
  return found.sort(byBytes);
}

function step(folder: string, segment: string, last: boolean): string[] {
  if (!/[*?[\\]/.test(segment)) {
    const file = path.join(folder, segment);
    return last && !exists(file) ? [] : [file];
  }
  const matches = segmentMatcher(segment);
  return namesIn(folder)
    .filter(matches)
    .map((name) => path.join(folder, name));
}

function exists(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Below a plain file, or in a folder that is closed to us.
    return false;
  }
}

/** A folder that is missing or closed to us holds nothing, as for ssh. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function segmentMatcher(segment: string): (name: string) => boolean {
  const parts = segment.match(/\\.|\[[!^]?\]?[^\]]*\]|./gsu) ?? [];
  const source = parts
    .map(partSource)
    .join('')
    .replace(/(?:\[\^\/\]\*)+/g, '[^/]*');
  const expression = new RegExp(`^${source}$`, 'su');
  const dotNamed = segment.startsWith('.') || segment.startsWith('\\.');
  return (name) => (dotNamed || !name.startsWith('.')) && expression.test(name);
}

function partSource(part: string): string {
  if (part === '*') return '[^/]*';
  if (part === '?') return '[^/]';
  if (part.startsWith('\\') && part.length > 1) return escaped(part.slice(1));
  const set = /^\[([!^]?)(.+)\]$/su.exec(part);
  if (set) return `[${set[1] ? '^' : ''}${(set[2] ?? '').replace(/[\\\]^[&~]/g, '\\$&')}]`;
  return escaped(part);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
