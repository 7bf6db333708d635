import type { InferClientInputs, InferClientOutputs } from '@orpc/client';
import type { Finding } from '../../../shared/model/lint.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, type Outcome } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import { createPagedTable, type PagedTable } from '../../rpc/paged-table.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';
import { formatCount } from '../../ui/formatting.ts';
import { everyFinding, type FindingFilter, formatFindingFilter } from './finding-filter.ts';

export type FindingSummary = Pick<InferClientOutputs<Client>['lint']['list'], 'counts' | 'rules'>;
type Draft = InferClientInputs<Client>['lint']['preview'];

/** A finding as a row of a table: its key is what it is known by. */
export interface FindingRow extends Finding {
  readonly id: string;
}

/** What of the inventory contradicts itself, and what is silenced of it. */
export interface LintStore {
  readonly table: PagedTable<FindingRow, FindingFilter>;
  /** How many there are of each severity, and by which rules. */
  readonly summary: Resource<FindingSummary>;
  /** What concerns a thing or what belongs to it. */
  of(id: string): Resource<Finding[]>;
  /** What would be found if this were saved. */
  preview(draft: Draft, signal: AbortSignal): Promise<Finding[]>;
  silence(keys: readonly string[], reason: string): Promise<Outcome<unknown>>;
  unsilence(keys: readonly string[]): Promise<Outcome<unknown>>;
}

/** As many as the host gives at once, and as one change may silence. */
const mostAtOnce = 500;

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
}

export function createLintStore({ client, pool, notify }: Needs): LintStore {
  const asked = ({ severities, rules, ...rest }: FindingFilter) => ({
    ...rest,
    severities: [...severities],
    rules: [...rules],
  });
  const row = (finding: Finding): FindingRow => ({ ...finding, id: finding.key });
  return {
    table: createPagedTable<FindingRow, FindingFilter>({
      pool,
      filter: everyFinding,
      format: formatFindingFilter,
      async list(filter, part, signal) {
        const page = await client.lint.list(
          { ...asked(filter), ...part },
          signal ? { signal } : {},
        );
        return { rows: page.rows.map(row), total: page.total };
      },
      async allIds(filter) {
        const { rows } = await client.lint.list({ ...asked(filter), limit: mostAtOnce });
        return rows.map(({ key }) => key);
      },
    }),
    summary: pool.create((signal) => client.lint.list({ limit: 1 }, { signal })),
    of: pool.createKeyed((id, signal) => client.lint.of({ ids: [id] }, { signal })),
    preview: (draft, signal) => client.lint.preview(draft, { signal }),
    async silence(keys, reason) {
      const outcome = await attempt(client.lint.silence({ keys: [...keys], reason }));
      if (outcome.ok) {
        notify.done(`Silenced ${formatCount(keys.length, 'finding')}.`, {
          undoes: outcome.value.changeSetId,
        });
      }
      return outcome;
    },
    async unsilence(keys) {
      const outcome = await attempt(client.lint.unsilence({ keys: [...keys] }));
      if (outcome.ok) {
        const { changeSetId } = outcome.value;
        notify.done(`${formatCount(keys.length, 'finding')} told of again.`, {
          undoes: changeSetId,
        });
      } else notify.failed(outcome.failure);
      return outcome;
    },
  };
}
