import type { MenuItemConstructorOptions } from 'electron';

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  readonly packaged: boolean;
  readonly openDataDirectory: () => void;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

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
    { role: 'windowMenu' },
  ];
  // On the Mac, About stands in the app's own menu, which comes first.
  return mac
    ? [{ role: 'appMenu' }, ...rest]
    : [...rest, { role: 'help', submenu: [{ role: 'about' }] }];
}
