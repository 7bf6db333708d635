import type { Census, CensusGap } from '../../../../shared/cluster/census/census.ts';
import { matchServices } from '../../../../shared/cluster/drift/compare-workloads.ts';
import type { Declared } from '../../../../shared/cluster/drift/declared.ts';
import { findDrift } from '../../../../shared/cluster/drift/drift.ts';
import type {
  DriftGroup,
  DriftLine,
  Drift as DriftOfCluster,
} from '../../../../shared/cluster/drift/drift-line.ts';
import { serviceKey } from '../../../../shared/cluster/drift/workload-names.ts';
import { formatCount } from '../../../../shared/model/amounts.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Database } from '../../db/index.ts';
import type { Source } from '../../inventory/index.ts';
import { type Censuses, inSlices } from '../census/index.ts';
import { acceptAll } from './accept-drift.ts';
import { declaredSide } from './declared-side.ts';

export interface DriftQuery {
  readonly contextId: string;
  readonly state: 'open' | 'dismissed';
  readonly group: DriftGroup | null;
  readonly search: string;
  readonly offset: number;
  readonly limit: number;
  /** Reads the cluster now. */
  readonly fresh: boolean;
}

export interface DriftPage {
  readonly cluster: { readonly id: string; readonly name: string };
  /** When the cluster was read, UTC milliseconds. */
  readonly readAt: number;
  readonly gaps: CensusGap[];
  readonly rows: DriftLine[];
  readonly total: number;
  readonly counts: Readonly<Record<DriftGroup | 'dismissed', number>>;
}

interface Chosen {
  readonly contextId: string;
  readonly keys: readonly string[];
}

interface Done {
  readonly changeSetId: string;
  readonly count: number;
}

/** Inventory against cluster; shapes as shared/contract/cluster/drift.ts has them. Throws RackhelmError. */
export interface Drift {
  list(query: DriftQuery, signal: AbortSignal): Promise<DriftPage>;
  /** As one change set. CHANGED_SINCE where one of them is not open any more; nothing is written then. */
  accept(chosen: Chosen, signal: AbortSignal, source?: Source): Promise<Done>;
  dismiss(chosen: Chosen, signal: AbortSignal, source?: Source): Promise<Done>;
  restore(chosen: Chosen, signal: AbortSignal, source?: Source): Promise<Done>;
}

interface Looked {
  readonly census: Census;
  readonly declared: Declared;
  readonly lines: readonly DriftOfCluster[];
}

export function createDrift({
  db,
  censuses,
}: {
  readonly db: Database;
  readonly censuses: Censuses;
}): Drift {
  const look = async (contextId: string, fresh: boolean, signal: AbortSignal): Promise<Looked> => {
    const census = await censuses.of(contextId, { fresh, signal });
    const declared = await inSlices(declaredSide(db, contextId, census), signal);
    return { census, declared, lines: await inSlices(findDrift(census, declared), signal) };
  };
  const choose = async ({ contextId, keys }: Chosen, dismissed: boolean, signal: AbortSignal) => {
    const looked = await look(contextId, false, signal);
    const byKey = new Map(looked.lines.map((line) => [line.key, line]));
    const lines = [...new Set(keys)].map((key) => {
      const line = byKey.get(key);
      if (line === undefined || line.dismissed !== dismissed) throw changedSince(key);
      return line;
    });
    return { ...looked, lines };
  };
  const { proposals } = db.tables;
  return {
    async list(query, signal) {
      return pageOf(await look(query.contextId, query.fresh, signal), query);
    },
    async accept(chosen, signal, source = 'app') {
      const { census, declared, lines } = await choose(chosen, false, signal);
      const actions = lines.map(({ action, advice, subject, label }) => {
        if (action !== null) return action;
        throw new RackhelmError('INVALID_INPUT', `${label} of ${subject} cannot be accepted.`, {
          hint: advice ?? 'Change it where it is.',
        });
      });
      const services = matchServices(census.workloads, declared);
      const { changeSetId } = db.change({ title: `Accepted ${titleOf(lines)}`, source }, () =>
        acceptAll({ db, census, declared, services }, actions),
      );
      return { changeSetId, count: lines.length };
    },
    async dismiss(chosen, signal, source = 'app') {
      const { lines } = await choose(chosen, false, signal);
      const at = Date.now();
      const { changeSetId } = db.change({ title: `Dismissed ${titleOf(lines)}`, source }, () => {
        for (const line of lines) {
          for (const key of keysOf(line)) {
            proposals.dismiss({ key, deviceId: null, name: line.subject, at });
          }
        }
      });
      return { changeSetId, count: lines.length };
    },
    async restore(chosen, signal, source = 'app') {
      const { lines } = await choose(chosen, true, signal);
      const title = `Brought back ${titleOf(lines)}`;
      const { changeSetId } = db.change({ title, source }, () => {
        for (const key of lines.flatMap(keysOf)) proposals.restore(key);
      });
      return { changeSetId, count: lines.length };
    },
  };
}

/** Machines propose workloads as well: who says no says it to both. */
function keysOf({ key, about, subject }: DriftLine): string[] {
  return about === 'workload-not-declared' ? [key, serviceKey(subject)] : [key];
}

function titleOf(lines: readonly DriftLine[]): string {
  const [only] = lines;
  if (lines.length !== 1 || only === undefined) return formatCount(lines.length, 'difference');
  return `${only.label.toLowerCase()} of ${only.subject}`;
}

function changedSince(key: string): RackhelmError {
  return new RackhelmError(
    'CHANGED_SINCE',
    'What was shown is not so any more. Nothing was changed.',
    { data: { key } },
  );
}

function pageOf({ census, declared, lines }: Looked, query: DriftQuery): DriftPage {
  const open = lines.filter(({ dismissed }) => !dismissed);
  const count = (group: DriftGroup) => open.filter((line) => line.group === group).length;
  const words = query.search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = lines.filter(
    (line) =>
      line.dismissed === (query.state === 'dismissed') &&
      (query.group === null || line.group === query.group) &&
      words.every((word) => searched(line).includes(word)),
  );
  const { id, name } = declared.cluster;
  return {
    cluster: { id, name },
    readAt: census.at,
    gaps: [...census.gaps],
    rows: found
      .slice(query.offset, query.offset + query.limit)
      .map(({ action: _, ...line }) => line),
    total: found.length,
    counts: {
      ...{ nodes: count('nodes'), workloads: count('workloads') },
      ...{ dependencies: count('dependencies'), dismissed: lines.length - open.length },
    },
  };
}

function searched({ subject, label, inventory, cluster }: DriftLine): string {
  return [subject, label, inventory, cluster].join(' ').toLowerCase();
}
