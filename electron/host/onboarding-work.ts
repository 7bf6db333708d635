import type { HeavyWork } from './heavy-work.ts';
import type { InventoryWork } from './onboarding/index.ts';

/** What onboarding asks of the inventory, done on the heavy thread. */
export function onboardingWork(heavy: Pick<HeavyWork, 'run'>): InventoryWork {
  return {
    record: (input) => heavy.run('recordMachine', input),
    revert: (id) => heavy.run('revert', { id }),
    offers: (draft) => heavy.run('offers', draft),
    planRetirement: (given) => heavy.run('planRetirement', given),
    retire: (given) => heavy.run('retire', given),
  };
}
