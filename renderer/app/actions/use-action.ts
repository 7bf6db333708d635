import { useSyncExternalStore } from 'react';
import { useApp } from '../app-context.ts';
import { type Action, type ActionStatus, statusOf } from './registry.ts';

const never = () => () => undefined;

/** An action with what it can do now, kept up to date. */
export function useAction(id: string): { readonly action: Action; readonly status: ActionStatus } {
  const { actions } = useApp();
  const action = actions.get(id);
  // A string compares by value, so an unchanged status renders nothing anew.
  const key = useSyncExternalStore(action.status?.subscribe ?? never, () =>
    JSON.stringify(statusOf(action)),
  );
  return { action, status: JSON.parse(key) as ActionStatus }; // written by the line above
}
