import { RackhelmError } from '../../../shared/model/errors.ts';
import { type Facts, factsSchema } from '../../../shared/model/facts.ts';
import type { Comparison } from '../../../shared/model/inventory.ts';
import type { Database } from '../db/index.ts';
import { createAcceptanceWriter } from './acceptance-writer.ts';
import { byKey, type ComparedRow, compare, countDifferences } from './compare.ts';
import { deviceOrThrow } from './device-lookup.ts';
import { readingKeys, type Way } from './identity/index.ts';
import { linksOf, observationsOf } from './observed.ts';

/** Facts into observations, observations beside what is declared, and back by accepting. */
export interface ObservationFlow {
  compared(deviceId: string): readonly ComparedRow[];
  comparison(deviceId: string): Comparison;
  differences(deviceId: string): number;
  facts(deviceId: string): Facts | null;
  /** Inside a change set: observations and identity keys of these facts. */
  record(deviceId: string, facts: Facts, way?: Way): void;
  /**
   * Inside a change set: how many of these paths were written. Throws CHANGED_SINCE when the newest
   * facts are not those of `observedAt`; undefined: whichever they are.
   */
  accept(
    deviceId: string,
    paths: readonly string[] | 'all',
    observedAt?: number | null | undefined,
  ): number;
}

export function createObservationFlow(db: Database): ObservationFlow {
  const { interfaces, observations, identities } = db.tables;

  const compared = (deviceId: string) => {
    const device = deviceOrThrow(db, deviceId);
    const { observed } = observations.newest(deviceId);
    return compare({ device, interfaces: interfaces.ofDevice(deviceId), observed });
  };

  return {
    compared,
    comparison(deviceId) {
      const { source, collectedAt } = observations.newest(deviceId);
      const rows = compared(deviceId).map(({ row }) => row);
      return { deviceId, observedAt: collectedAt, source, rows };
    },
    differences: (deviceId) => countDifferences(compared(deviceId)),
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
    accept(deviceId, paths, observedAt) {
      const { observed, collectedAt } = observations.newest(deviceId);
      if (observedAt !== undefined && observedAt !== collectedAt) throw readSince(collectedAt);
      const rows = chosen(compared(deviceId), paths);
      const writer = createAcceptanceWriter(db, deviceId);
      for (const acceptance of rows) writer.write(acceptance);
      writer.finish(linksOf(byKey(observed)));
      return rows.length;
    },
  };
}

function readSince(observedAt: number | null): RackhelmError {
  return new RackhelmError(
    'CHANGED_SINCE',
    'The machine was read again since this was shown. Nothing was changed.',
    { data: { observedAt } },
  );
}

function chosen(rows: readonly ComparedRow[], paths: readonly string[] | 'all') {
  const byPath = new Map(rows.map((row) => [row.row.path, row]));
  const wanted = paths === 'all' ? [...byPath.keys()] : [...new Set(paths)];
  return wanted.flatMap((path) => {
    const row = byPath.get(path);
    if (row === undefined) {
      throw new RackhelmError('INVALID_INPUT', `There is nothing to compare under ${path}.`, {
        hint: 'Look at the device again; it has changed since.',
        data: { path },
      });
    }
    return row.acceptance === undefined ? [] : [row.acceptance];
  });
}
