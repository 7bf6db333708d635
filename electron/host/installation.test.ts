import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultDataDirectory, findInstallation } from './installation.ts';

describe('findInstallation', () => {
  it('finds the folder of the package from any file in it', () => {
    const found = findInstallation(import.meta.dirname);
    expect(found.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(path.basename(found.resourcesDirectory)).toBe('resources');
  });

  it('says so where there is none', () => {
    expect(() => findInstallation('/')).toThrow(/No installation/);
  });
});

describe('defaultDataDirectory', () => {
  it.each([
    ['linux', {}, '/home/ada/.local/share/rackhelm'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/rackhelm'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/rackhelm'],
    ['darwin', {}, '/home/ada/Library/Application Support/Rackhelm'],
    ['win32', { APPDATA: '/roaming' }, '/roaming/Rackhelm'],
  ] as const)('on %s with %o is %s', (platform, environment, expected) => {
    expect(defaultDataDirectory(platform, environment, '/home/ada')).toBe(expected);
  });
});
