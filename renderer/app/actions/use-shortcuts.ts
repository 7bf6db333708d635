import { useEffect } from 'react';
import { isTyping } from '../../ui/shortcut.ts';
import { useApp } from '../app-context.ts';

/** Keys of the registry's actions. Dialogs keep their keys to themselves. */
export function useShortcuts(): void {
  const { actions, dialogs } = useApp();
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return;
      const action = actions.forKey(event, { typing: isTyping(event.target) });
      if (action === null) return;
      if (dialogs.getState().kind !== 'none') return;
      // Even an impossible undo must not reach the browser's own.
      event.preventDefault();
      actions.run(action.id);
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [actions, dialogs]);
}
