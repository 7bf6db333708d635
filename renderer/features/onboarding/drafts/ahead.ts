import type { DraftChange } from '../../../../shared/contract/onboarding.ts';
import type { Draft } from '../../../../shared/onboarding/draft.ts';

/**
 * A draft with changes that are on their way to the host, so that what was pressed stands at once. The
 * host's answer takes its place; what only the host can say stays as it is.
 */
export function aheadBy(draft: Draft, changes: readonly DraftChange[]): Draft {
  return changes.reduce(ahead, draft);
}

function ahead(draft: Draft, change: DraftChange): Draft {
  switch (change.kind) {
    case 'step':
      return { ...draft, step: change.step };
    case 'common':
      return { ...draft, common: { ...draft.common, ...said(change.answers) } };
    case 'machine': {
      const machines = draft.machines.map((machine) =>
        machine.id === change.machineId
          ? { ...machine, answers: { ...machine.answers, ...said(change.answers) } }
          : machine,
      );
      return { ...draft, machines };
    }
    case 'delete-machine':
      return { ...draft, machines: draft.machines.filter(({ id }) => id !== change.machineId) };
    case 'add-machines':
    case 'target':
      return draft;
  }
}

type Said<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> };

function said<T extends object>(answers: T): Partial<Said<T>> {
  const entries = Object.entries(answers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Said<T>>; // only what is undefined went
}
