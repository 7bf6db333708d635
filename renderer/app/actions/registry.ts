import type { Icon } from '@tabler/icons-react';
import { type KeyPress, matchesShortcut } from '../../ui/shortcut.ts';

export const actionGroups = ['Add', 'Edit', 'Go to', 'View', 'Help'] as const;
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
  readonly all: readonly Action[];
  get(id: string): Action;
  /** Runs it if it is possible now; says whether it did. */
  run(id: string): boolean;
  /** The action that a key press calls for, or null. */
  forKey(press: KeyPress, options: { readonly typing: boolean }): Action | null;
}

const always: ActionStatus = { enabled: true, detail: null };

export function statusOf(action: Action): ActionStatus {
  return action.status?.read() ?? always;
}

/** Every action exists once, here; menu, palette, key and button only point to it. */
export function createActionRegistry(actions: readonly Action[], platform: string): ActionRegistry {
  const byId = new Map(actions.map((action) => [action.id, action]));
  if (byId.size !== actions.length) throw new Error('Two actions have the same id.');
  const shortcuts = actions.flatMap((action) => action.shortcut?.toLowerCase() ?? []);
  if (new Set(shortcuts).size !== shortcuts.length) {
    throw new Error('Two actions have the same shortcut.');
  }

  function get(id: string): Action {
    const action = byId.get(id);
    if (action === undefined) throw new Error(`There is no action "${id}".`);
    return action;
  }

  return {
    all: actions,
    get,
    run(id) {
      const action = get(id);
      if (!statusOf(action).enabled) return false;
      action.run();
      return true;
    },
    forKey(press, { typing }) {
      const found = actions.find(
        ({ shortcut, whileTyping }) =>
          shortcut !== undefined &&
          (!typing || whileTyping === true) &&
          matchesShortcut(press, shortcut, platform),
      );
      return found ?? null;
    },
  };
}
