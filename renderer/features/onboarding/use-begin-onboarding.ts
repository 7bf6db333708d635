import { useCallback, useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { beginOnboarding } from './begin-onboarding.ts';
import type { NewMachine } from './onboarding-store.ts';

/** Begins an onboarding and opens it; and whether that is under way. */
export function useBeginOnboarding() {
  const { onboarding, router } = useApp();
  const [busy, setBusy] = useState(false);
  const begin = useCallback(
    async (machines: readonly NewMachine[] = []) => {
      setBusy(true);
      await beginOnboarding({ onboarding, router }, machines);
      setBusy(false);
    },
    [onboarding, router],
  );
  return [begin, busy] as const;
}
