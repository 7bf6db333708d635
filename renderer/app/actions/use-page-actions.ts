import { useEffect, useSyncExternalStore } from 'react';
import { useApp } from '../app-context.ts';
import type { Action } from './registry.ts';

/** Actions of the page that calls it, for as long as it is there. Give it a memoized list. */
export function usePageActions(list: readonly Action[]): void {
  const { actions } = useApp();
  useEffect(() => actions.register(list), [actions, list]);
}

/** Every action there is now. */
export function useAllActions(): readonly Action[] {
  const { actions } = useApp();
  return useSyncExternalStore(actions.subscribe, () => actions.all);
}
