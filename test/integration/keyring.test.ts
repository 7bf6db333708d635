import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { makeScratch } from './scratch.ts';
import { describeWith } from './sshd/index.ts';

const cli = fileURLToPath(new URL('../../electron/cli.ts', import.meta.url));

describeWith(['keyring'], 'the keyring of a desktop session', () => {
  const home = makeScratch('keyring');
  const data = path.join(home, 'data');
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  /** `rackhelm secrets …` in a session of its own, whose keyring is open or locked. */
  function secrets(keyring: 'open' | 'locked', ...words: readonly string[]) {
    const daemon =
      keyring === 'open'
        ? 'printf login | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1'
        : 'gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1';
    const run = `exec "$0" "$@" 2>&1`;
    const line = ['sh', '-c', `${daemon}; ${run}`, process.execPath, cli, 'secrets', ...words];
    const runtime = path.join(home, 'run');
    mkdirSync(runtime, { recursive: true, mode: 0o700 });
    const { stdout } = spawnSync('dbus-run-session', ['--', ...line, '--data', data], {
      env: { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: runtime },
      encoding: 'utf8',
      input: '',
    });
    return stdout;
  }

  it('keeps the key over the end of the session, and opens the store by itself', () => {
    expect(secrets('open', 'set-up')).toContain('is set up');
    const status = JSON.parse(secrets('open', 'status', '--json'));
    expect(status).toMatchObject({ state: 'open', ways: ['keyring'], problem: null });
  });

  it('that is locked is told as that', () => {
    expect(secrets('locked', 'status')).toContain('keyring of this desktop session is locked');
  });

  it('that forgot the key is told as that', () => {
    const keyrings = path.join(home, '.local', 'share', 'keyrings');
    for (const file of readdirSync(keyrings)) rmSync(path.join(keyrings, file));
    expect(secrets('open', 'unlock')).toContain('There is no key for this store');
  });
});
