import { describe, expect, it } from 'vitest';
import {
  contextOf,
  runsThrough,
  standsEveryBreak,
} from '../../../engine/phases/trial/break-off.ts';
import { TrialNode, type TrialNodeOptions } from '../../../engine/phases/trial/trial-node.ts';
import { hostnamePhase as phase } from './hostname.ts';

const params = { name: 'pi-1' };
const hosts = '127.0.0.1\tlocalhost\n127.0.1.1\traspberrypi\n10.0.0.9 raspberrypi\n';
const base = { '/etc/hostname': 'raspberrypi\n', '/etc/hosts': hosts };

function node(options: TrialNodeOptions & { readonly systemd?: boolean } = {}) {
  const { files = base, systemd = false } = options;
  return new TrialNode({
    files,
    state: { name: 'raspberrypi' },
    programs: [
      [/^cat \/proc\/sys\/kernel\/hostname$/, (_, { state }) => `${state.name}\n`],
      [/hostnamectl$/, () => (systemd ? '/usr/bin/hostnamectl' : { out: '', exit: 1 })],
      [
        /^for f in (.*?);/,
        ([, paths = ''], it) =>
          paths
            .split(' ')
            .filter((p) => it.has(p))
            .join('\n'),
      ],
      [/^hostname '(.*?)' 2>/, ([, name], { state }) => (state.name = name ?? '')],
      [
        /^hostnamectl set-hostname '(.*)'$/,
        ([, name], { state, machine }) => {
          state.name = name;
          machine.files.put('/etc/hostname', `${name}\n`);
          return '';
        },
      ],
    ],
  });
}

describe('hostname', () => {
  it.each([false, true])('renames and brings back; with systemd: %s', async (systemd) => {
    const {
      node: done,
      items,
      applied,
    } = await runsThrough({ phase, params, node: () => node({ systemd }) });
    expect(applied).toContain('"name": "pi-1"');
    expect(applied).toContain('127.0.1.1\\tpi-1\\n10.0.0.9 raspberrypi');
    expect(items).toContainEqual(expect.objectContaining({ kind: 'file', path: '/etc/hosts' }));
    expect(JSON.stringify(items)).toContain('“10.0.0.9 raspberrypi”');
    expect(done.machine.files.text('/etc/hostname')).toBe('raspberrypi\n');
  });

  it.each([false, true])('stands every break; with systemd: %s', async (systemd) => {
    expect(
      await standsEveryBreak({ phase, params, node: () => node({ systemd }) }),
    ).toBeGreaterThan(30);
  });

  it('stands every break where the machine has no files at all', async () => {
    await standsEveryBreak({ phase, params, node: () => node({ systemd: true, files: {} }) });
  });

  it('keeps cloud-init from taking the name back, and from writing /etc/hosts', async () => {
    const files = {
      ...base,
      '/etc/cloud/cloud.cfg': 'x',
      '/etc/hosts': `# Your system has configured 'manage_etc_hosts' as True.\n${hosts}`,
    };
    const { applied } = await runsThrough({ phase, params, node: () => node({ files }) });
    expect(applied).toContain('preserve_hostname: true\\nmanage_etc_hosts: false\\n');
    const off = { ...files, '/etc/cloud/cloud-init.disabled': '' };
    const without = await runsThrough({ phase, params, node: () => node({ files: off }) });
    expect(without.applied).not.toContain('preserve_hostname');
  });

  it('warns of what depends on the old name', async () => {
    const files = { ...base, '/etc/rancher/node': 'x', '/etc/mailname': 'raspberrypi' };
    const { items } = await runsThrough({ phase, params, node: () => node({ files }) });
    expect(JSON.stringify(items)).toMatch(/K3s runs here.*Mail is set up/);
  });

  it('leaves what others changed since, but takes our name out of the hosts file', async () => {
    const it = node();
    const context = contextOf(it.machine);
    const saved = await phase.save(context, params);
    await phase.apply(context, params, saved);
    it.machine.files.put('/etc/hosts', `${it.machine.files.text('/etc/hosts')}10.0.0.7 nas\n`);
    await phase.undo(context, params, saved);
    expect(it.machine.files.text('/etc/hosts')).toBe(`${hosts}10.0.0.7 nas\n`);
    it.machine.files.put('/etc/hostname', 'theirs\n');
    await expect(phase.undo(context, params, saved)).rejects.toMatchObject({
      code: 'CHANGED_SINCE',
    });
    expect(it.machine.files.text('/etc/hostname')).toBe('theirs\n');
  });

  it('takes an answer that broke off for unknown, never for absent', async () => {
    const it = node();
    it.machine.answer(/^/, '@@ nothing');
    expect(await phase.probe(contextOf(it.machine), params)).toMatchObject({ standing: 'unknown' });
  });

  it('refuses names that are none', () => {
    for (const name of ['', '-a', 'a_b', 'a b', 'a..b', 'x'.repeat(64), "a';reboot", 'a\n'])
      expect(phase.params.safeParse({ name }).success, name).toBe(false);
    expect(phase.params.safeParse({ name: 'pi-1.lab.example' }).success).toBe(true);
  });
});
