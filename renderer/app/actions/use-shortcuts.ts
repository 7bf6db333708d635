import { useEffect } from 'react';
import { isShellAction } from '../../../shared/shell-actions.ts';
import { isTyping } from '../../ui/shortcut.ts';
import { useApp } from '../app-context.ts';
import { paletteStore, typeAhead } from '../palette/palette-handle.ts';

/** Keys of the registry's actions. Dialogs and the palette keep their keys to themselves. */
export function useShortcuts(): void {
  const { actions, dialogs, notify } = useApp();
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return;
      const typing = isTyping(event.target);
      const action = actions.forKey(event, { typing });
      // The page must not change behind what lies over it, which a browser would do by itself.
      const covered = paletteStore.getState().opened || dialogs.getState().kind !== 'none';
      if (covered && isShellAction(action?.id)) {
        event.preventDefault();
        return;
      }
      if (paletteStore.getState().opened && action?.id !== 'find') {
        // A person types on at once; the field takes over as soon as it is there.
        const { target } = event;
        const inField = typing && target instanceof Element && target.closest('[role="dialog"]');
        if (!inField && typeAhead(event)) event.preventDefault();
        return;
      }
      if (action === null) return;
      // Letters belong to an open menu, and a key held down is one wish.
      if (event.target instanceof Element && event.target.closest('[role="menu"]')) return;
      if (event.repeat) {
        event.preventDefault();
        return;
      }
      if (dialogs.getState().kind !== 'none') return;
      // Even an impossible undo must not reach the browser's own.
      event.preventDefault();
      const ran = actions.run(action.id);
      if (!ran && action.shortcut?.endsWith('+Z')) {
        notify.done(`Nothing to ${action.title.toLowerCase()}.`);
      }
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [actions, dialogs, notify]);
}
