import type { CheckResult, ShownCheck } from '../../../../shared/checks/check.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type CheckStore, loginName, type NamedCheck, type PastResult } from '../../db/index.ts';

/** Results of one check and part that are kept, and for how long. */
const mostPast = 500;
const keptMs = 400 * 24 * 3_600_000;
const shownPast = 20;

export interface AcceptInput extends NamedCheck {
  readonly reason: string;
  /** UTC milliseconds; null: until it is taken back. */
  readonly until: number | null;
}

/** Results of checks with their past, and what somebody accepted; whichever area they belong to. */
export interface Checks {
  /** Keeps the results of things of the inventory; those of others go nowhere. */
  keep(results: readonly CheckResult[]): void;
  /** The newest results of these things, as they are shown. */
  of(subjectIds: readonly string[]): ShownCheck[];
  /** Everything that is kept of one check on one thing, newest first. */
  history(named: NamedCheck): PastResult[];
  /** Throws NOT_FOUND where this check never ran there, INVALID_INPUT for a time that is over. */
  accept(input: AcceptInput): void;
  unaccept(named: NamedCheck): void;
}

export interface ChecksOptions {
  readonly store: CheckStore;
  readonly now?: () => number;
  /** Default: the login name. */
  readonly who?: string;
}

export function createChecks({ store, now = Date.now, who }: ChecksOptions): Checks {
  const current = (subjectIds: readonly string[]) =>
    store.acceptances(subjectIds).filter(({ until }) => until === null || until > now());
  return {
    keep(results) {
      const bySubject = Map.groupBy(results, ({ subject }) => subject.id);
      for (const [subjectId, ofSubject] of bySubject) {
        if (subjectId === null) continue;
        store.keep(subjectId, ofSubject, { mostPast, since: now() - keptMs });
      }
    },
    of(subjectIds) {
      const accepted = new Map(current(subjectIds).map((one) => [nameOf(one), one]));
      return store.newest(subjectIds).map((result) => {
        const named = {
          subjectId: result.subject.id ?? '',
          check: result.check,
          part: result.part,
        };
        const past = store
          .past(named, shownPast + 1)
          .filter(({ at }) => at < result.at)
          .slice(0, shownPast)
          .map(({ at, status }) => ({ at, status }));
        return { ...result, past, accepted: accepted.get(nameOf(named)) ?? null };
      });
    },
    history: (named) => store.past(named, mostPast),
    accept({ subjectId, check, part, reason, until }) {
      if (until !== null && until <= now()) {
        throw new RackhelmError('INVALID_INPUT', 'The time until which it is accepted is over.', {
          data: { field: 'until' },
        });
      }
      if (store.past({ subjectId, check, part }, 1).length === 0) {
        throw new RackhelmError(
          'NOT_FOUND',
          'This check has no result there that could be accepted.',
        );
      }
      store.accept({ subjectId, check, part, reason, until, who: who ?? loginName(), at: now() });
    },
    unaccept: (named) => store.unaccept(named),
  };
}

const nameOf = ({ subjectId, check, part }: NamedCheck) => `${subjectId} ${check} ${part}`;
