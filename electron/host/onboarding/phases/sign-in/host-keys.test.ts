import { describe, expect, it } from 'vitest';
import {
  contextOf,
  runsThrough,
  standsEveryBreak,
} from '../../../engine/phases/trial/break-off.ts';
import type { TrialNode } from '../../../engine/phases/trial/trial-node.ts';
import { trialSshd } from '../trial/trial-sshd.ts';
import { createHostKeysPhase, type PublicKey } from './host-keys.ts';

const types = ['ed25519', 'rsa'] as const;
const params = { was: ['OLDed25519', 'OLDrsa'] };
const staging = '/etc/ssh/rackhelm-new-keys';

let made = 0;
/** What the inventory expects of the machine; checked at each change of keys that sshd runs with. */
let expected: readonly PublicKey[] = [];
const phase = createHostKeysPhase(async (_, keys) => {
  expected = keys;
});

const copy = ({ machine }: TrialNode, from: string, to: string) => {
  const content = machine.files.text(from);
  if (content !== null) machine.files.put(to, { content, mode: 0o600 });
};

function node() {
  expected = [];
  const files = Object.fromEntries(
    types.flatMap((type) => [
      [`/etc/ssh/ssh_host_${type}_key`, { content: `private OLD${type}`, mode: 0o600 }],
      [
        `/etc/ssh/ssh_host_${type}_key.pub`,
        { content: `ssh-${type} OLD${type} root@twin\n`, mode: 0o600 },
      ],
    ]),
  );
  const hostKeys = types.map((type) => `hostkey /etc/ssh/ssh_host_${type}_key`).join('\n');
  const all = (it: TrialNode, where: string, end: string) =>
    it.machine.files.paths().filter((p) => p.startsWith(`${where}/ssh_host_`) && p.endsWith(end));
  return trialSshd({
    files,
    programs: [
      [/^sshd -T$/, () => `pidfile /run/sshd.pid\n${hostKeys}`],
      [
        /^for f in (\S+)\/ssh_host/,
        ([, where = ''], it) =>
          all(it, where, '.pub')
            .map((p) => it.machine.files.text(p))
            .join(''),
      ],
      [/^\[ -e (\S+) \] \|\| \{ rm -rf/, (_, it) => stage(it)],
      [/^\[ -e (\S+)\/done \] \|\| \{ umask/, ([, kept = ''], it) => keep(it, kept)],
      [
        /^\[ -e (\S+) \]$/,
        ([, path = ''], it) => (it.has(path) || it.hasUnder(path) ? '' : { out: '', exit: 1 }),
      ],
      [
        /^for k in .*\] \|\| \{|^for k in/,
        ({ input }, it) => {
          const from = /\[ ! -e (\S+)\/"\$f"/.exec(input)?.[1] ?? '';
          for (const path of all(it, from, '')) copy(it, path, path.replace(from, '/etc/ssh'));
          return '';
        },
      ],
      [
        /^systemctl reload/,
        (_, it) => {
          it.state.runs = types.map((t) => it.machine.files.text(`/etc/ssh/ssh_host_${t}_key`));
          const now = all(it, '/etc/ssh', '.pub').map(
            (p) => it.machine.files.text(p)?.split(' ')[1],
          );
          expect(expected.map(({ blob }) => blob)).toEqual(expect.arrayContaining(now));
          return '';
        },
      ],
    ],
    state: { runs: types.map((type) => `private OLD${type}`) },
  });
}

function stage(it: TrialNode): string {
  if (it.has(`${staging}/done`)) return '';
  made += 1;
  for (const type of types) {
    const key = `${staging}/etc/ssh/ssh_host_${type}_key`;
    it.machine.files.put(key, `private NEW${made}${type}`);
    it.machine.files.put(`${key}.pub`, `ssh-${type} NEW${made}${type} root@twin\n`);
  }
  it.machine.files.put(`${staging}/done`, '');
  return '';
}

function keep(it: TrialNode, kept: string): string {
  if (it.has(`${kept}/done`)) return '';
  for (const path of it.machine.files.paths())
    if (path.startsWith('/etc/ssh/ssh_host_')) copy(it, path, path.replace('/etc/ssh', kept));
  it.machine.files.put(`${kept}/done`, '');
  return '';
}

describe('host-keys', () => {
  it('puts new keys in place, expects them before sshd runs with them, and brings the old ones back', async () => {
    const { node: done, items } = await runsThrough({ phase, params, node });
    expect(done.state.runs).toEqual(['private OLDed25519', 'private OLDrsa']);
    expect(expected.map(({ blob }) => blob)).toEqual(['OLDed25519', 'OLDrsa']);
    expect(JSON.stringify(items)).toContain('warned of a changed key');
  });

  it('stands every break, and leaves nothing behind', async () => {
    expect(await standsEveryBreak({ phase, params, node })).toBeGreaterThan(40);
  });

  it('makes no second set where it goes on', async () => {
    const it = node();
    const context = contextOf(it.machine);
    const saved = await phase.save(context, params);
    made = 0;
    it.machine.fail('moveTo', undefined, { times: 1 });
    await expect(phase.apply(context, params, saved)).rejects.toMatchObject({
      code: 'SSH_CONNECTION_LOST',
    });
    expect(expected.map(({ blob }) => blob)).toContain('OLDrsa');
    expect((await phase.probe(context, params)).standing).toBe('partly');
    await phase.apply(context, params, saved);
    expect(made).toBe(1);
    expect(expected.map(({ blob }) => blob)).toEqual(['NEW1ed25519', 'NEW1rsa']);
    expect(it.hasUnder(saved.kept)).toBe(true);
    expect(it.hasUnder(staging)).toBe(false);
  });

  it('says unknown where it cannot read the keys', async () => {
    const it = trialSshd({
      programs: [
        [/^sshd -T$/, () => ({ out: 'sudo: sshd: command not found', exit: 127 })],
        [/^for f in|^\[ /, () => ''],
      ],
    });
    expect((await phase.probe(contextOf(it.machine), params)).standing).toBe('unknown');
  });

  it('refuses keys that are none', () => {
    expect(phase.params.safeParse({ was: [] }).success).toBe(false);
    expect(phase.params.safeParse({ was: ["AA'; reboot"] }).success).toBe(false);
  });
});
