import { type Draft, mostMachines } from '../../../../shared/onboarding/draft.ts';
import { useApp } from '../../../app/app-context.ts';
import type { NewMachine } from '../onboarding-store.ts';

/** Adds those that are not there yet. */
export function useAddMachines(draft: Draft) {
  const { onboarding } = useApp();
  return async (machines: readonly NewMachine[]) => {
    const known = new Set(draft.machines.map(({ target }) => target.host));
    const fresh = machines.filter(({ target }) => !known.has(target.host));
    const room = fresh.slice(0, mostMachines - draft.machines.length);
    if (room.length === 0) return;
    await onboarding.change(draft, { kind: 'add-machines', machines: [...room] });
  };
}
