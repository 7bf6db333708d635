import type { MenuItemConstructorOptions } from 'electron';
import { beforeEach, expect, it } from 'vitest';
import { menuTemplate } from './menu.ts';

let ran: string[] = [];
beforeEach(() => {
  ran = [];
});

function menu(platform: NodeJS.Platform, packaged = true): MenuItemConstructorOptions[] {
  return menuTemplate({
    platform,
    packaged,
    openDataDirectory: () => {},
    runAction: (id) => ran.push(id),
  });
}

const names = (items: MenuItemConstructorOptions[]) => items.map((item) => item.role ?? item.label);

/** Roles anywhere in the menu. */
function roles(items: MenuItemConstructorOptions[]): unknown[] {
  return items.flatMap((item) => [
    item.role,
    ...(Array.isArray(item.submenu) ? roles(item.submenu) : []),
  ]);
}

it.each(['linux', 'win32'] as const)('ends with Help on %s and quits from File', (platform) => {
  expect(names(menu(platform))).toEqual([
    '&File',
    'editMenu',
    '&View',
    '&Go',
    'windowMenu',
    'help',
  ]);
  expect(roles(menu(platform))).toEqual(expect.arrayContaining(['quit', 'about']));
});

it('begins with the app’s own menu on the Mac, where Quit and About live', () => {
  expect(names(menu('darwin'))).toEqual([
    'appMenu',
    '&File',
    'editMenu',
    '&View',
    '&Go',
    'windowMenu',
  ]);
  expect(roles(menu('darwin'))).not.toContain('quit');
});

it.each(['linux', 'win32', 'darwin'] as const)('zooms on %s', (platform) => {
  expect(roles(menu(platform))).toEqual(expect.arrayContaining(['zoomIn', 'zoomOut', 'resetZoom']));
});

it('has developer tools in a checkout only', () => {
  expect(roles(menu('linux', true))).not.toContain('toggleDevTools');
  expect(roles(menu('linux', false))).toContain('toggleDevTools');
});

/** What stands under a heading of the menu. */
function under(items: MenuItemConstructorOptions[], label: string): MenuItemConstructorOptions[] {
  const submenu = items.find((item) => item.label === label)?.submenu;
  return Array.isArray(submenu) ? submenu : [];
}

it.each([
  ['linux', ['Alt+Left', 'Alt+Right']],
  ['darwin', ['CmdOrCtrl+[', 'CmdOrCtrl+]']],
] as const)('goes back and forward by the actions of the page on %s', (platform, keys) => {
  const items = under(menu(platform), '&Go');
  expect(names(items)).toEqual(['Back', 'Forward']);
  expect(items.map((item) => item.accelerator)).toEqual(keys);
  // The click of a template is called with things of Electron that ours does not look at.
  for (const item of items) (item.click as () => void)();
  expect(ran).toEqual(['back', 'forward']);
});
