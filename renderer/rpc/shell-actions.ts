import { isShellAction, type ShellActionId } from '../../shared/shell-actions.ts';
import { detectShell } from './shell.ts';

/** The two thumb keys of a mouse. */
const mouseKeys: Readonly<Record<number, ShellActionId>> = { 3: 'back', 4: 'forward' };

/**
 * Runs what the desktop shell's menu asks for. A browser takes the keys of a mouse by itself and the
 * shell's main process hears of them as commands, except on a Mac, where only the page does.
 */
export function takeShellActions(view: Window, run: (id: ShellActionId) => void): void {
  if (detectShell(view) !== 'desktop') return;
  view.addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
    if (source !== view || origin !== view.location.origin) return;
    if (typeof data !== 'object' || data === null || !('type' in data && 'id' in data)) return;
    if (data.type === 'rackhelm-action' && isShellAction(data.id)) run(data.id);
  });
  if (!/mac/i.test(view.navigator.platform)) return;
  view.addEventListener('mouseup', (event) => {
    const id = mouseKeys[event.button];
    if (id === undefined) return;
    event.preventDefault();
    run(id);
  });
}
