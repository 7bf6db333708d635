import type { ClusterKind, ClusterLook } from '../../../../shared/cluster/kind.ts';
import type { KubeObject } from '../../../../shared/cluster/kube-object.ts';
import type { Links } from '../../../../shared/cluster/links.ts';
import { readObject } from '../../../../shared/cluster/read-object.ts';
import type { Cells, ClusterRow } from '../../../../shared/cluster/row.ts';
import { sortText } from '../../live-table/index.ts';
import { harmless, type Kept, keptText } from './kept-text.ts';

/** What is made of an object's JSON, on whichever thread. */
export interface ReadEntry {
  readonly row: ClusterRow;
  readonly links: Links;
  /** See `Reading`. */
  readonly unsettled: boolean;
  readonly kept: Kept;
  /** Numbers in names in their order: `pi-2` before `pi-10`. */
  readonly sortName: string;
}

/** One object as it is held. */
export interface Entry extends ReadEntry {
  /** Of which list it is part: those of an older one are gone when a new one is whole. */
  round: number;
  /** The row with what rests on other objects, and on which state of them. */
  filled: { readonly stamp: number; readonly row: ClusterRow } | null;
  /** What is searched, in small letters; made when somebody searches. */
  words: string | null;
}

interface EntryContext {
  readonly kind: ClusterKind;
  readonly look: ClusterLook;
  readonly now: number;
}

/** Null of what has no name. */
export function readEntry(object: KubeObject, context: EntryContext): ReadEntry | null {
  const safe = harmless(object);
  const read = readObject(context.kind, safe, context);
  if (read === null) return null;
  return { ...read, kept: keptText(safe), sortName: sortText(read.row.name) };
}

export function heldEntry(read: ReadEntry, round: number): Entry {
  return { ...read, round, filled: null, words: null };
}

/** The same object, read again since what it rests on may have changed. The same where nothing did. */
export function readAgain(entry: Entry, { kind, look, now }: EntryContext): Entry {
  if (entry.kept.text === null) return entry;
  const read = readObject(kind, JSON.parse(entry.kept.text), { look, now });
  if (read === null || sameStatus(read.row, entry.row)) return entry;
  return { ...entry, ...read, filled: null, words: null };
}

function sameStatus({ status: a }: ClusterRow, { status: b }: ClusterRow): boolean {
  return a.level === b.level && a.label === b.label && a.why === b.why && a.since === b.since;
}

/** Of an object that is kept, whole or as far as it is kept; null where it is not. */
export function objectOf({ kept }: Entry): unknown {
  return kept.text === null ? null : JSON.parse(kept.text);
}

/** `stamp` says on which state of the others it rests. */
export function filledRow(
  entry: Entry,
  {
    kind,
    look,
    stamp,
  }: { readonly kind: ClusterKind; readonly look: ClusterLook; readonly stamp: number },
): ClusterRow {
  if (kind.fill === undefined) return entry.row;
  if (entry.filled?.stamp === stamp) return entry.filled.row;
  const { cells, status = entry.row.status } = kind.fill(entry.row, look);
  const before = entry.filled?.row ?? entry.row;
  const same =
    before.status.level === status.level &&
    before.status.why === status.why &&
    holdsAll(before.cells, cells);
  const row = same ? before : { ...entry.row, status, cells: { ...entry.row.cells, ...cells } };
  entry.filled = { stamp, row };
  return row;
}

function holdsAll(cells: Cells, some: Cells): boolean {
  for (const name in some) if (cells[name] !== some[name]) return false;
  return true;
}

/** All that is held of a row as one text in small letters. */
export function searchedWords(entry: Entry, row: ClusterRow): string {
  if (entry.words !== null) return entry.words;
  const labels = Object.entries(entry.links.labels).map(([name, value]) => `${name}=${value}`);
  const cells = Object.values(row.cells).filter(
    (cell) => typeof cell === 'string' || Array.isArray(cell),
  );
  const { status } = row;
  const parts = [row.key, status.label, status.why ?? '', ...cells.flat(), ...labels];
  entry.words = parts.join('\n').toLowerCase();
  return entry.words;
}
