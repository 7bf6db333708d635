import { describe, expect, it } from 'vitest';
import {
  contextOf,
  runsThrough,
  standsEveryBreak,
} from '../../../engine/phases/trial/break-off.ts';
import { TrialNode } from '../../../engine/phases/trial/trial-node.ts';
import { sysctlPhase as phase } from './sysctl.ts';
import { sysctlPath } from './sysctl-text.ts';

const params = { values: { 'net.ipv4.ip_forward': '1', 'net.ipv4.conf.eth0/30.rp_filter': '2' } };
const file = '/etc/sysctl.d/90-rackhelm.conf';

function node(files: Record<string, string> = {}) {
  return new TrialNode({
    files,
    state: { 'net/ipv4/ip_forward': '0', 'net/ipv4/conf/eth0.30/rp_filter': '0' },
    programs: [
      [
        /^grep -H/,
        (_, { machine }) =>
          machine.files
            .paths()
            .flatMap((path) =>
              (machine.files.text(path) ?? '').split('\n').map((l) => `${path}:${l}`),
            )
            .join('\n'),
      ],
      [
        /^sysctl -n .* \|\| cat '\/proc\/sys\/(.*)'$/,
        ([, key = ''], { state }) =>
          key in state ? `${state[key]}\n` : { out: 'No such file', exit: 1 },
      ],
      [
        /^sysctl -q -w '(.*?)=(.*)'$/,
        ([, name = '', value], { state }) => {
          const key = sysctlPath(name);
          if (!(key in state)) return { out: 'Directory nonexistent', exit: 2 };
          state[key] = value;
          return '';
        },
      ],
    ],
  });
}

describe('sysctl', () => {
  it('sets values now and at each boot, and brings both back', async () => {
    const { applied } = await runsThrough({ phase, params, node });
    expect(applied).toContain('net.ipv4.ip_forward = 1\\nnet.ipv4.conf.eth0/30.rp_filter = 2\\n');
    expect(applied).toContain('"net/ipv4/ip_forward": "1"');
  });

  it('stands every break', async () => {
    expect(await standsEveryBreak({ phase, params, node })).toBeGreaterThan(15);
    await standsEveryBreak({ phase, params, node: () => node({ [file]: 'vm.swappiness = 1\n' }) });
  });

  it('finds a later file that sets it otherwise, says which, and changes nothing', async () => {
    const it = node({ '/etc/sysctl.d/99-hard.conf': 'net.ipv4.ip_forward=0\n' });
    const context = contextOf(it.machine);
    const before = it.picture();
    const probed = await phase.probe(context, params);
    expect(probed.found).toContain('/etc/sysctl.d/99-hard.conf is read later and sets');
    expect(JSON.stringify(await phase.plan(context, params, probed))).toContain('change it there');
    const saved = await phase.save(context, params);
    await expect(phase.apply(context, params, saved)).rejects.toMatchObject({
      code: 'FIX_NOT_POSSIBLE',
    });
    expect(it.picture()).toBe(before);
  });

  it('does not write into the file what the kernel does not know', async () => {
    const it = node();
    const context = contextOf(it.machine);
    const unknown = { values: { 'net.bridge.bridge-nf-call-iptables': '1' } };
    const probed = await phase.probe(context, unknown);
    expect(probed).toMatchObject({
      standing: 'absent',
      found: expect.stringContaining('not there'),
    });
    const saved = await phase.save(context, unknown);
    await expect(phase.apply(context, unknown, saved)).rejects.toMatchObject({
      code: 'FIX_NOT_POSSIBLE',
      hint: expect.stringContaining('br_netfilter'),
    });
    expect(it.has(file)).toBe(false);
  });

  it('leaves a value that somebody else set since', async () => {
    const it = node();
    const context = contextOf(it.machine);
    const saved = await phase.save(context, params);
    await phase.apply(context, params, saved);
    it.state['net/ipv4/conf/eth0.30/rp_filter'] = '1';
    await phase.undo(context, params, saved);
    expect(it.state).toEqual({
      'net/ipv4/ip_forward': '0',
      'net/ipv4/conf/eth0.30/rp_filter': '1',
    });
  });

  it('refuses keys and values that are none', () => {
    const good = (values: Record<string, string>) => phase.params.safeParse({ values }).success;
    for (const name of ['../../etc/passwd', 'a b', "a'", 'a..b', '/etc', 'a\n'])
      expect(good({ [name]: '1' }), name).toBe(false);
    expect(good({ a: "1' ; reboot" })).toBe(false);
    expect(good({ a: '' })).toBe(false);
    expect(good({})).toBe(false);
    expect(good({ 'net.ipv4.tcp_rmem': '4096\t131072 6291456' })).toBe(true);
  });
});
