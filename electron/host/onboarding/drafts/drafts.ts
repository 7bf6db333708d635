import type { DraftChange } from '../../../../shared/contract/onboarding.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { noCommonAnswers, noMachineAnswers } from '../../../../shared/onboarding/answers.ts';
import {
  type Draft,
  type DraftMachine,
  type DraftSummary,
  nameOf,
} from '../../../../shared/onboarding/draft.ts';
import {
  type Database,
  type ListedDraft,
  loginName,
  newId,
  type StoredDraft,
} from '../../db/index.ts';
import { EventQueue } from '../../event-queue.ts';
import {
  addMachines,
  applyChange,
  freshMachine,
  type NewMachine,
  withMachine,
} from './apply-change.ts';

/** Drafts that are listed; older ones are there and can be opened by their job. */
const mostListed = 200;

/** Onboardings that were begun, saved at each change, to be left and resumed from any window. */
export interface Drafts {
  list(): DraftSummary[];
  /** Throws NOT_FOUND. */
  get(id: string): Draft;
  create(machines: readonly NewMachine[]): Draft;
  /** Throws CHANGED_SINCE where another window answered meanwhile. */
  change(input: {
    readonly id: string;
    readonly version: number;
    readonly change: DraftChange;
  }): Draft;
  delete(id: string): void;
  /** What was found out meanwhile: no answer of a person, so that nobody's answer conflicts with it. */
  found(id: string, change: (draft: Draft) => Draft): Draft;
  foundOf(
    id: string,
    machineId: string,
    change: (machine: DraftMachine) => Partial<DraftMachine>,
  ): Draft;
  watch(signal: AbortSignal | undefined): AsyncGenerator<{ id: string | null }, void, void>;
}

type Body = Omit<Draft, 'id' | 'createdAt' | 'changedAt'>;
type Shown = Omit<DraftSummary, 'id' | 'createdAt' | 'changedAt'>;

export function createDrafts(
  store: Database['onboardingDrafts'],
  now: () => number = Date.now,
): Drafts {
  const listeners = new Set<(id: string | null) => void>();
  const tell = (id: string | null) => {
    for (const listener of listeners) listener(id);
  };
  const stored = (id: string): StoredDraft => {
    const found = store.get(id);
    if (found !== undefined) return found;
    throw new RackhelmError('NOT_FOUND', 'This onboarding does not exist any more.');
  };
  const keep = (draft: Draft, before: StoredDraft | undefined): Draft => {
    const { id, createdAt, changedAt: _, ...body } = draft;
    const changedAt = Math.max(now(), before?.changedAt ?? 0);
    const version = (before?.version ?? 0) + 1;
    const summary = JSON.stringify(shownOf(draft));
    store.put({ id, version, createdAt, changedAt, summary, body: JSON.stringify(body) });
    tell(before === undefined ? null : id);
    return { ...draft, changedAt };
  };
  const found: Drafts['found'] = (id, change) => {
    const before = stored(id);
    return keep(change(read(before)), before);
  };
  return {
    list: () => store.list(mostListed).map(summaryOf),
    get: (id) => read(stored(id)),
    create(machines) {
      const at = now();
      const begun = { id: newId(), version: 1, createdAt: at, changedAt: at, who: loginName() };
      const draft: Draft = {
        ...begun,
        step: 'find',
        common: noCommonAnswers,
        machines: [],
        jobId: null,
      };
      return keep(addMachines(draft, machines), undefined);
    },
    change({ id, version, change }) {
      const before = stored(id);
      const draft = read(before);
      // Where somebody is, is nobody else's matter.
      if (draft.version !== version && change.kind !== 'step') {
        throw new RackhelmError(
          'CHANGED_SINCE',
          'Another window changed this onboarding meanwhile.',
        );
      }
      const bumped = change.kind === 'step' ? draft.version : draft.version + 1;
      return keep({ ...applyChange(draft, change), version: bumped }, before);
    },
    delete(id) {
      stored(id);
      store.delete(id);
      tell(null);
    },
    found,
    foundOf: (id, machineId, change) =>
      found(id, (draft) =>
        withMachine(draft, machineId, (machine) => ({ ...machine, ...change(machine) })),
      ),
    async *watch(signal) {
      const queue = new EventQueue<{ id: string | null }>();
      const listener = (id: string | null) => queue.push({ id }, id ?? 'list');
      listeners.add(listener);
      try {
        yield* queue.read(signal);
      } finally {
        listeners.delete(listener);
      }
    },
  };
}

/** Written by `keep` alone. What an older version did not know yet stands as not answered. */
function read({ id, createdAt, changedAt, body }: StoredDraft): Draft {
  const kept = JSON.parse(body) as Body;
  return {
    ...kept,
    ...{ id, createdAt, changedAt },
    common: { ...noCommonAnswers, ...kept.common },
    machines: kept.machines.map((machine) => ({
      ...freshMachine({ target: machine.target, foundBy: machine.foundBy }),
      ...machine,
      answers: { ...noMachineAnswers, ...machine.answers },
    })),
  };
}

/** As step 21 of the schema made it of drafts that were there. */
function shownOf({ step, who, jobId, machines }: Draft): Shown {
  return { step, who, jobId, machines: machines.map(nameOf) };
}

function summaryOf({ id, createdAt, changedAt, summary }: ListedDraft): DraftSummary {
  return { ...(JSON.parse(summary) as Shown), id, createdAt, changedAt }; // written by `keep` alone
}
