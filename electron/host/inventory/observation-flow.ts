import { RackhelmError } from '../../../shared/model/errors.ts';
import { type Facts, factsSchema } from '../../../shared/model/facts.ts';
import {
  type Comparison,
  type ComparisonChoice,
  type ComparisonKind,
  type ComparisonRow,
  comparisonKinds,
  type comparisonViews,
} from '../../../shared/model/inventory.ts';
import type { Database } from '../db/index.ts';
import { createAcceptanceWriter } from './acceptance-writer.ts';
import { byKey, type ComparedRow, compare, countDifferences, isOpen } from './compare.ts';
import { deviceOrThrow } from './device-lookup.ts';
import { readingKeys, type Way } from './identity/index.ts';
import { linksOf, observationsOf } from './observed.ts';

/** Facts into observations, observations beside what is declared, and back by accepting. */
export interface ObservationFlow {
  compared(deviceId: string): readonly ComparedRow[];
  /** A page of them. */
  comparison(input: ComparisonInput): Comparison;
  differences(deviceId: string): number;
  facts(deviceId: string): Facts | null;
  /** What accepting everything would write, of facts that are not recorded. */
  preview(deviceId: string, facts: Facts): readonly ComparedRow[];
  /** Inside a change set: observations and identity keys of these facts. */
  record(deviceId: string, facts: Facts, way?: Way): void;
  /**
   * Inside a change set: how many of the chosen lines were written. Throws CHANGED_SINCE when the
   * newest facts are not those of `observedAt`; undefined: whichever they are.
   */
  accept(deviceId: string, chosen: ComparisonChoice, observedAt?: number | null): number;
  /** Inside a change set: how many lines are kept as declared, or no longer. Throws as accept does. */
  keepMine(
    deviceId: string,
    chosen: ComparisonChoice,
    options: { readonly keep: boolean; readonly observedAt?: number | null | undefined },
  ): number;
}

export interface ComparisonInput {
  readonly id: string;
  readonly view: (typeof comparisonViews)[number];
  readonly offset: number;
  readonly limit: number;
}

/** Everything that does not change by itself. */
export const everything: ComparisonChoice = { kinds: [...comparisonKinds] };

export function createObservationFlow(db: Database): ObservationFlow {
  const { interfaces, observations, identities, rejections } = db.tables;

  const compared = (deviceId: string) => {
    const device = deviceOrThrow(db, deviceId);
    const { observed } = observations.newest(deviceId);
    return compare({
      device,
      interfaces: interfaces.ofDevice(deviceId),
      observed,
      kept: rejections.ofDevice(deviceId),
    });
  };

  /** What was observed, when it is still what was shown. */
  const checkedSince = (deviceId: string, observedAt: number | null | undefined) => {
    const { observed, collectedAt } = observations.newest(deviceId);
    if (observedAt !== undefined && observedAt !== collectedAt) throw readSince(collectedAt);
    return observed;
  };

  return {
    compared,
    comparison({ id, view, offset, limit }) {
      const { source, collectedAt } = observations.newest(id);
      const rows = compared(id).map(({ row }) => row);
      const viewed = rows.filter(inView[view]);
      return {
        deviceId: id,
        observedAt: collectedAt,
        source,
        rows: viewed.slice(offset, offset + limit),
        total: viewed.length,
        counts: countsOf(rows),
      };
    },
    differences: (deviceId) => countDifferences(compared(deviceId)),
    preview(deviceId, facts) {
      const device = deviceOrThrow(db, deviceId);
      const rows = compare({
        device,
        interfaces: interfaces.ofDevice(deviceId),
        observed: observationsOf(facts),
        kept: rejections.ofDevice(deviceId),
      });
      return chosen(rows, everything);
    },
    facts(deviceId) {
      deviceOrThrow(db, deviceId);
      const document = observations.document(deviceId);
      return document === undefined ? null : factsSchema.parse(JSON.parse(document.json));
    },
    record(deviceId, facts, way) {
      const document = {
        deviceId,
        source: 'ssh', // the one way that facts come, at first and at each refresh
        collectedAt: facts.collectedAt,
        json: JSON.stringify(facts),
      };
      observations.record(document, observationsOf(facts));
      // Its addresses are declared or not; they move, and are no key that is kept.
      const { keys, told } = readingKeys(facts, way);
      const kept = keys.filter(({ kind }) => kind !== 'address');
      identities.record(deviceId, kept, { kinds: told, at: facts.collectedAt });
    },
    accept(deviceId, choice, observedAt) {
      const observed = checkedSince(deviceId, observedAt);
      const accepted = chosen(compared(deviceId), choice).flatMap(
        ({ acceptance }) => acceptance ?? [],
      );
      const writer = createAcceptanceWriter(db, deviceId);
      for (const acceptance of accepted) writer.write(acceptance);
      writer.finish(linksOf(byKey(observed)));
      return accepted.length;
    },
    keepMine(deviceId, choice, { keep, observedAt }) {
      checkedSince(deviceId, observedAt);
      const rows = chosen(compared(deviceId), choice, keep ? 'open' : 'kept').filter(
        ({ row }) => row.kept !== keep && (row.acceptable || row.state === 'only-declared'),
      );
      for (const { row, value } of rows) {
        if (keep) rejections.put(deviceId, row.path, value);
        else rejections.remove(deviceId, row.path);
      }
      return rows.length;
    },
  };
}

const inView: Readonly<Record<ComparisonInput['view'], (row: ComparisonRow) => boolean>> = {
  all: () => true,
  kept: ({ kept }) => kept,
  // What is not known is worth a look, too.
  open: (row) => isOpen(row) || row.state === 'unknown',
};

function countsOf(rows: readonly ComparisonRow[]): Comparison['counts'] {
  const open: Partial<Record<ComparisonKind, number>> = {};
  let [byItself, kept, unseen] = [0, 0, 0];
  for (const row of rows) {
    if (row.kept) kept += 1;
    else if (row.acceptable && row.byItself) byItself += 1;
    else if (row.acceptable) open[row.kind] = (open[row.kind] ?? 0) + 1;
    else if (row.state !== 'same') unseen += 1;
  }
  return { open, byItself, kept, unseen };
}

function readSince(observedAt: number | null): RackhelmError {
  return new RackhelmError(
    'CHANGED_SINCE',
    'The machine was read again since this was shown. Nothing was changed.',
    { data: { observedAt } },
  );
}

/** The lines that are meant; of many at once not those that are decided or change by themselves. */
function chosen(
  rows: readonly ComparedRow[],
  choice: ComparisonChoice,
  which: 'open' | 'kept' = 'open',
): readonly ComparedRow[] {
  if ('paths' in choice) return namedRows(rows, choice.paths);
  const isMeant = ({ kept, byItself }: ComparisonRow) =>
    which === 'kept' ? kept : !kept && !byItself;
  if ('kinds' in choice) {
    return rows.filter(({ row }) => choice.kinds.includes(row.kind) && isMeant(row));
  }
  const { under } = choice;
  const below = rows.filter(({ row }) => row.path === under || row.path.startsWith(`${under}/`));
  if (below.length === 0) throw noSuchPath(under);
  return below.filter(({ row }) => isMeant(row));
}

function namedRows(rows: readonly ComparedRow[], paths: readonly string[]) {
  const byPath = new Map(rows.map((row) => [row.row.path, row]));
  return [...new Set(paths)].map((path) => {
    const row = byPath.get(path);
    if (row === undefined) throw noSuchPath(path);
    return row;
  });
}

function noSuchPath(path: string): RackhelmError {
  return new RackhelmError('INVALID_INPUT', `There is nothing to compare under ${path}.`, {
    hint: 'Look at the device again; it has changed since.',
    data: { path },
  });
}
