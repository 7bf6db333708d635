import { describe, expect, it } from 'vitest';
import type { FakeEntry } from '../../../engine/machines/fake-files.ts';
import {
  contextOf,
  runsThrough,
  standsEveryBreak,
} from '../../../engine/phases/trial/break-off.ts';
import type { TrialNode } from '../../../engine/phases/trial/trial-node.ts';
import { trialSshd } from '../trial/trial-sshd.ts';
import { hasKey, keyFiles, withKey, withoutKey } from './authorized-keys.ts';
import { createSshKeyPhase } from './ssh-key.ts';

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFirst ada@büro';
const other = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOther bob';
const file = '/home/ada/.ssh/authorized_keys';
const params = { user: 'ada', key };
const phase = createSshKeyPhase(async () => 'in');
const home = { '/home/ada': { directory: true } } as const;

function entry(node: TrialNode, path: string, change: object): void {
  const state = node.machine.files.read(path);
  if (state) node.machine.files.put(path, { ...state, ...change });
}

function node(files: Record<string, string | FakeEntry> = home, main = 'UsePAM yes\n') {
  return trialSshd({
    files: { '/etc/ssh/sshd_config': main, ...files },
    programs: [
      [/^getent passwd 'ada'/, () => 'ada:x:1000:1000:Ada,,,:/home/ada:/bin/bash'],
      [/^getent passwd/, () => ({ out: '', exit: 1 })],
      [
        /^\[ -L '(.*?)' \]/,
        ([, path = ''], it) => (it.state.link === path ? '' : { out: '', exit: 1 }),
      ],
      [
        /^\[ -d '(.*)' \]$/,
        ([, path = ''], it) => (it.has(path) || it.hasUnder(path) ? '' : { out: '', exit: 1 }),
      ],
      [
        /^mkdir -p -m \d+ '(.*?)'/,
        ([, path = ''], it) => {
          it.machine.files.put(path, { directory: true });
          return '';
        },
      ],
      [
        /^(chown 1000:1000 '.*?' && )?chmod go-w '(.*?)' && \{/,
        ([, owner, path = ''], it) => {
          entry(it, path, owner ? { uid: 1000, gid: 1000 } : {});
          const mode = (it.machine.files.read(path)?.mode ?? 0) & ~0o022;
          entry(it, path, { mode });
          return '';
        },
      ],
      [
        /^rmdir '(.*?)'/,
        ([, path = ''], it) => {
          if (!it.hasUnder(path)) it.machine.files.drop(path);
          return '';
        },
      ],
    ],
  });
}
const withOther = { [file]: { content: `${other}\n`, uid: 1000, gid: 1000, mode: 0o600 } };

describe('ssh-key', () => {
  it('adds the key for its user alone, and takes all of that back', async () => {
    const { node: done, applied } = await runsThrough({ phase, params, node });
    expect(applied).toContain(file);
    expect(done.ran).toContain(
      "mkdir -p -m 0700 '/home/ada/.ssh' && chown 1000:1000 '/home/ada/.ssh'",
    );
    await runsThrough({ phase, params, node: () => node(withOther) });
  });

  it('stands every break', async () => {
    expect(await standsEveryBreak({ phase, params, node })).toBeGreaterThan(20);
    await standsEveryBreak({ phase, params, node: () => node(withOther) });
  });

  it('keeps keys that others added since, and the words of the key as they were typed', async () => {
    const it = node();
    const context = contextOf(it.machine);
    const saved = await phase.save(context, params);
    await phase.apply(context, params, saved);
    expect(it.machine.files.text(file)).toBe(`${key}\n`);
    entry(it, file, { content: `${key}\n${other}\n` });
    await phase.undo(context, params, saved);
    expect(it.machine.files.text(file)).toBe(`${other}\n`);
  });

  it('is partly there where sshd would not read it, and mends that', async () => {
    const of = (mode: number, uid: number) => node({ [file]: { content: `${key}\n`, mode, uid } });
    for (const [mode, uid] of [
      [0o664, 1000],
      [0o600, 0],
    ] as const) {
      const it = of(mode, uid);
      const context = contextOf(it.machine);
      expect((await phase.probe(context, params)).standing).toBe('partly');
      await phase.apply(context, params, await phase.save(context, params));
      expect((await phase.probe(context, params)).standing).toBe('present');
    }
  });

  it('writes where sshd looks', async () => {
    const place = '/etc/ssh/keys/ada';
    const central = () => node(home, 'AuthorizedKeysFile /etc/ssh/keys/%u\n');
    const { applied } = await runsThrough({ phase, params, node: central });
    expect(JSON.parse(applied).files).toContainEqual([
      place,
      expect.stringContaining(key.slice(0, 40)),
      0o644,
      0,
    ]);
    const none = contextOf(node(home, 'AuthorizedKeysFile none\n').machine);
    await expect(phase.probe(none, params)).rejects.toMatchObject({ code: 'FIX_NOT_POSSIBLE' });
  });

  it('follows no link that a user made', async () => {
    const it = node();
    it.state.link = file;
    const context = contextOf(it.machine);
    const saved = await phase.save(context, params);
    await expect(phase.apply(context, params, saved)).rejects.toMatchObject({
      code: 'FIX_NOT_POSSIBLE',
    });
    expect(it.has(file)).toBe(false);
  });

  it('fails where sshd refuses the key all the same', async () => {
    const it = node();
    const context = contextOf(it.machine);
    const refused = createSshKeyPhase(async () => 'refused');
    const saved = await refused.save(context, params);
    await expect(refused.apply(context, params, saved)).rejects.toMatchObject({
      code: 'SSH_AUTH_FAILED',
    });
  });

  it('refuses private keys, several lines and users that are none', () => {
    const good = (user: string, text: string) =>
      phase.params.safeParse({ user, key: text }).success;
    expect(good('ada', key)).toBe(true);
    expect(good('ada', `${key}\n${other}`)).toBe(false);
    expect(good('ada', '-----BEGIN OPENSSH PRIVATE KEY-----')).toBe(false);
    expect(good("a'b", key)).toBe(false);
    expect(good('-a', key)).toBe(false);
  });
});

describe('authorized keys', () => {
  it('knows a key by what it is, not by its words', () => {
    const same = `from="10.0.0.0/8",command="echo ssh-rsa x" ${key.replace('ada@büro', 'laptop')}`;
    expect(hasKey(same, key)).toBe(true);
    expect(hasKey(`#${key}`, key)).toBe(false);
    expect(hasKey(other, key)).toBe(false);
    expect(withKey(same, key)).toBe(same);
    expect(withKey(other, key)).toBe(`${other}\n${key}\n`);
    expect(withoutKey(`${other}\n${key}\n`, key)).toBe(`${other}\n`);
  });

  it('puts the tokens in', () => {
    const who = { user: 'ada', home: '/home/ada', uid: 1000 };
    expect(keyFiles('.ssh/authorized_keys %h/.k /etc/keys/%u-%U-%% none', who)).toEqual([
      '/home/ada/.ssh/authorized_keys',
      '/home/ada/.k',
      '/etc/keys/ada-1000-%',
    ]);
  });
});
