import { useCallback, useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import type { NewMachine } from './onboarding-store.ts';

/** Begins an onboarding and opens it; and whether that is under way. */
export function useBeginOnboarding() {
  const { onboarding, router } = useApp();
  const [busy, setBusy] = useState(false);
  const begin = useCallback(
    async (machines: readonly NewMachine[] = []) => {
      setBusy(true);
      const outcome = await onboarding.create(machines);
      setBusy(false);
      if (outcome.ok) router.go({ screen: 'onboarding', id: outcome.value.id });
    },
    [onboarding, router],
  );
  return [begin, busy] as const;
}
