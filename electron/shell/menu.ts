import type { MenuItemConstructorOptions } from 'electron';
import { type ShellActionId, shellActions } from '../../shared/shell-actions.ts';

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  readonly packaged: boolean;
  readonly openDataDirectory: () => void;
  /** Runs that action in the page, where it lives. */
  readonly runAction: (id: ShellActionId) => void;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

/** `alt+ArrowLeft` as Electron writes it: `Alt+Left`. */
function accelerator(keys: string): string {
  const names: Readonly<Record<string, string>> = { alt: 'Alt', mod: 'CmdOrCtrl' };
  return keys
    .split('+')
    .map((key) => names[key] ?? key.replace(/^Arrow/, ''))
    .join('+');
}

function actionItem(id: ShellActionId, options: MenuOptions): MenuItemConstructorOptions {
  const { title, keys, macKeys } = shellActions[id];
  return {
    id,
    label: title,
    accelerator: accelerator(options.platform === 'darwin' ? macKeys : keys),
    // Shown here; the page takes the key itself, which knows whether a dialog is open.
    registerAccelerator: false,
    click: () => options.runAction(id),
  };
}

/**
 * The native menu holds what the operating system expects there. Rackhelm's own actions live in the
 * page, where palette, keys and buttons share them. Undo and Redo here are those of a text field: a
 * page that takes Ctrl-Z for the inventory's history handles the key before the menu sees it.
 */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const mac = options.platform === 'darwin';
  const showData = { label: 'Open Data Folder', click: options.openDataDirectory };
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    separator,
    { role: 'togglefullscreen' },
  ];
  const forDevelopers: MenuItemConstructorOptions[] = [
    separator,
    { role: 'reload' },
    { role: 'toggleDevTools' },
  ];
  const file: MenuItemConstructorOptions = {
    label: '&File',
    submenu: [showData, separator, { role: mac ? 'close' : 'quit' }],
  };
  const rest: MenuItemConstructorOptions[] = [
    file,
    { role: 'editMenu' },
    { label: '&View', submenu: options.packaged ? view : [...view, ...forDevelopers] },
    { label: '&Go', submenu: [actionItem('back', options), actionItem('forward', options)] },
    { role: 'windowMenu' },
  ];
  // On the Mac, About stands in the app's own menu, which comes first.
  return mac
    ? [{ role: 'appMenu' }, ...rest]
    : [...rest, { role: 'help', submenu: [{ role: 'about' }] }];
}
