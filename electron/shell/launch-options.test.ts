import { expect, it } from 'vitest';
import { dataOption, profileDirectory } from './launch-options.ts';

it.each([
  [['/app', '--data', '/srv/rack'], '/srv/rack'],
  [['/app', '--data=/srv/rack'], '/srv/rack'],
  [['/app', '--data', 'rack'], '/home/me/rack'],
  [['--enable-features=X', '--data', '../rack', '--no-sandbox'], '/home/rack'],
  [['/app'], null],
  [['/app', '--data-path', '/srv/rack'], null],
])('%j names the data directory %s', (args, directory) => {
  expect(dataOption(args, '/home/me')).toBe(directory);
});

it.each([[['--data']], [['--data=']], [['--data', '--no-sandbox']]])(
  '%j is refused rather than taken for the usual place',
  (args) => {
    expect(() => dataOption(args, '/home/me')).toThrow('--data wants a directory.');
  },
);

it('gives every data directory a profile, and so a lock, of its own', () => {
  const profiles = [null, '/srv/a', '/srv/b'].map((data) => profileDirectory('/config', data));
  expect(new Set(profiles).size).toBe(3);
  expect(profileDirectory('/config', '/srv/a')).toBe(profiles[1]);
  for (const profile of profiles) expect(profile).toMatch(/^\/config\/desktop/);
});
