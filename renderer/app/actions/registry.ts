import type { Icon } from '@tabler/icons-react';
import { type KeyPress, matchesShortcut } from '../../ui/shortcut.ts';

/** `This page`: what only the screen that is shown can do. */
export const actionGroups = ['This page', 'Add', 'Edit', 'Go to', 'View', 'Help'] as const;
export type ActionGroup = (typeof actionGroups)[number];

/** What an action can do just now. */
export interface ActionStatus {
  readonly enabled: boolean;
  /** What it would act upon: `Deleted 3 devices` beside Undo. */
  readonly detail: string | null;
}

export interface Action {
  readonly id: string;
  readonly title: string;
  readonly group: ActionGroup;
  readonly icon: Icon;
  /** `mod` is Command on a Mac and Control elsewhere. */
  readonly shortcut?: string;
  /** The shortcut works while a person types in a field too. */
  readonly whileTyping?: boolean;
  readonly keywords?: readonly string[];
  /** Absent: always possible. */
  readonly status?: {
    readonly read: () => ActionStatus;
    /** Calls back when the status may have changed. */
    readonly subscribe: (changed: () => void) => () => void;
  };
  readonly run: () => void;
}

export interface ActionRegistry {
  /** In the order in which they are listed; those of the page that is shown first. */
  readonly all: readonly Action[];
  get(id: string): Action;
  /** Adds what only the page that is shown can do; the returned function takes it back. */
  register(actions: readonly Action[]): () => void;
  /** Calls back when actions came or went. */
  subscribe(changed: () => void): () => void;
  /** Runs it if it is possible now; says whether it did. */
  run(id: string): boolean;
  /** The action that a key press calls for, or null. */
  forKey(press: KeyPress, options: { readonly typing: boolean }): Action | null;
}

const always: ActionStatus = { enabled: true, detail: null };

export function statusOf(action: Action): ActionStatus {
  return action.status?.read() ?? always;
}

function checked(actions: readonly Action[]): readonly Action[] {
  if (new Set(actions.map(({ id }) => id)).size !== actions.length) {
    throw new Error('Two actions have the same id.');
  }
  const shortcuts = actions.flatMap((action) => action.shortcut?.toLowerCase() ?? []);
  if (new Set(shortcuts).size !== shortcuts.length) {
    throw new Error('Two actions have the same shortcut.');
  }
  return actions;
}

/** Every action exists once, here; menu, palette, key and button only point to it. */
export function createActionRegistry(base: readonly Action[], platform: string): ActionRegistry {
  const pages = new Set<readonly Action[]>();
  const listeners = new Set<() => void>();
  let all = checked(base);

  function setPage(change: () => void): void {
    change();
    // A page that comes may be drawn before the one that goes has gone: the newer one counts.
    const byId = new Map([...pages].flat().map((action) => [action.id, action]));
    all = checked([...byId.values(), ...base]);
    for (const listener of listeners) listener();
  }

  function get(id: string): Action {
    const action = all.find((each) => each.id === id);
    if (action === undefined) throw new Error(`There is no action "${id}".`);
    return action;
  }

  return {
    get all() {
      return all;
    },
    get,
    register(actions) {
      setPage(() => pages.add(actions));
      return () => setPage(() => pages.delete(actions));
    },
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    run(id) {
      const action = get(id);
      if (!statusOf(action).enabled) return false;
      action.run();
      return true;
    },
    forKey(press, { typing }) {
      const found = all.find(
        ({ shortcut, whileTyping }) =>
          shortcut !== undefined &&
          (!typing || whileTyping === true) &&
          matchesShortcut(press, shortcut, platform),
      );
      return found ?? null;
    },
  };
}
