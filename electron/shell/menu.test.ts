import type { MenuItemConstructorOptions } from 'electron';
import { expect, it } from 'vitest';
import { menuTemplate } from './menu.ts';

function menu(platform: NodeJS.Platform, packaged = true): MenuItemConstructorOptions[] {
  return menuTemplate({ platform, packaged, openDataDirectory: () => {} });
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
  expect(names(menu(platform))).toEqual(['&File', 'editMenu', '&View', 'windowMenu', 'help']);
  expect(roles(menu(platform))).toEqual(expect.arrayContaining(['quit', 'about']));
});

it('begins with the app’s own menu on the Mac, where Quit and About live', () => {
  expect(names(menu('darwin'))).toEqual(['appMenu', '&File', 'editMenu', '&View', 'windowMenu']);
  expect(roles(menu('darwin'))).not.toContain('quit');
});

it.each(['linux', 'win32', 'darwin'] as const)('zooms on %s', (platform) => {
  expect(roles(menu(platform))).toEqual(expect.arrayContaining(['zoomIn', 'zoomOut', 'resetZoom']));
});

it('has developer tools in a checkout only', () => {
  expect(roles(menu('linux', true))).not.toContain('toggleDevTools');
  expect(roles(menu('linux', false))).toContain('toggleDevTools');
});
