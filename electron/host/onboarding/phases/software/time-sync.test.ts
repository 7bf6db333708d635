import { describe, expect, it } from 'vitest';
import {
  contextOf,
  runsThrough,
  standsEveryBreak,
} from '../../../engine/phases/trial/break-off.ts';
import { TrialNode } from '../../../engine/phases/trial/trial-node.ts';
import { timeServiceOf } from './time-services.ts';
import { timeSyncPhase as phase } from './time-sync.ts';
import { withLines, withNtpdServers, withoutLines } from './time-text.ts';

const params = { servers: ['10.0.0.1', 'ntp.lab'] };

interface Clock {
  readonly files: Record<string, string>;
  readonly service: string;
  readonly init?: 'systemd' | 'openrc';
  readonly enabled?: boolean;
  readonly active?: boolean;
  readonly busybox?: boolean;
}
interface State {
  enabled: boolean;
  active: boolean;
  /** The settings with which it runs. */
  runs: string | null;
}

const conf = (node: TrialNode, path: string) => node.machine.files.text(path);

function node({
  files,
  service,
  init = 'systemd',
  enabled = false,
  active = false,
  busybox = false,
}: Clock) {
  const settings =
    Object.keys(files).find((path) => path.startsWith('/etc/') && !path.includes('init.d')) ??
    '/etc/systemd/timesyncd.conf.d/90-rackhelm.conf';
  const of = (it: TrialNode) => it.state as unknown as State;
  const row = (it: TrialNode) =>
    `${service} ${of(it).enabled ? 'enabled' : 'disabled'} ${of(it).active ? 'active' : 'inactive'}`;
  const act = (input: string, it: TrialNode) => {
    const state = of(it);
    if (/enable |rc-update add/.test(input)) state.enabled = true;
    if (/disable |rc-update del/.test(input)) state.enabled = false;
    if (/ (start|restart)( |$)/.test(input)) state.active = true;
    if (/ stop( |$)/.test(input)) state.active = false;
    if (/ (restart|stop)( |$)/.test(input) || state.runs === null)
      state.runs = state.active ? conf(it, settings) : null;
    return '';
  };
  return new TrialNode({
    files,
    state: { enabled, active, runs: active ? (files[settings] ?? null) : null },
    programs: [
      [
        /^for f in (.*?);/,
        ([, all = ''], it) =>
          all
            .split(' ')
            .filter((p) => it.has(p))
            .join('\n'),
      ],
      [/^readlink/, () => (busybox ? '/bin/busybox' : '/usr/sbin/ntpd')],
      [/^cat \/proc\/\[/, () => 'init\nsshd\n'],
      [
        /^\[ -d \/run\/systemd\/system \] \|\|/,
        (_, it) => (init === 'systemd' ? row(it) : { out: '', exit: 1 }),
      ],
      [/^command -v rc-service/, (_, it) => (init === 'openrc' ? row(it) : { out: '', exit: 1 })],
      [/^timedatectl/, () => 'no\n'],
      [
        /^touch (\S+)$/,
        ([, path = ''], it) => {
          it.machine.files.put(path, '');
          return '';
        },
      ],
      [
        /^rm -f (\S+)$/,
        ([, path = ''], it) => {
          it.machine.files.drop(path);
          return '';
        },
      ],
      [/mktemp -d/, () => ''],
      [/^systemctl (enable|disable)|rc-service/, ({ input }, it) => act(input, it)],
    ],
  });
}

const clocks: Record<string, Clock> = {
  timesyncd: { files: { '/usr/lib/systemd/systemd-timesyncd': 'x' }, service: 'systemd-timesyncd' },
  'chrony that runs': {
    files: {
      '/usr/sbin/chronyd': 'x',
      '/etc/chrony/chrony.conf': 'pool debian.pool iburst\nmakestep 1 3\n',
    },
    service: 'chrony',
    enabled: true,
    active: true,
  },
  'chrony of Red Hat': {
    files: { '/usr/sbin/chronyd': 'x', '/etc/chrony.conf': 'pool x' },
    service: 'chronyd',
  },
  ntpsec: {
    files: { '/usr/sbin/ntpd': 'x', '/etc/ntpsec/ntp.conf': 'pool x\n' },
    service: 'ntpsec',
    enabled: true,
  },
  openntpd: {
    files: { '/usr/sbin/ntpd': 'x', '/etc/openntpd/ntpd.conf': 'servers x\n' },
    service: 'openntpd',
  },
  'ntpd of busybox': {
    files: { '/etc/init.d/ntpd': 'x', '/etc/conf.d/ntpd': 'NTPD_OPTS="-N -p pool.ntp.org"\n' },
    service: 'ntpd',
    init: 'openrc',
    busybox: true,
  },
};

describe('time-sync', () => {
  it.each(Object.keys(clocks))('asks the servers, and brings back what was: %s', async (name) => {
    const clock = clocks[name];
    if (!clock) return;
    const { applied } = await runsThrough({ phase, params, node: () => node(clock) });
    expect(applied).toContain('10.0.0.1');
    expect(applied).toMatch(/"runs": ".*10\.0\.0\.1/);
  });

  it.each(Object.keys(clocks))('stands every break: %s', async (name) => {
    const clock = clocks[name];
    if (!clock) return;
    expect(await standsEveryBreak({ phase, params, node: () => node(clock) })).toBeGreaterThan(20);
    if (!clock.active)
      await standsEveryBreak({ phase, params: { servers: [] }, node: () => node(clock) });
  });

  it('changes no settings where no servers are asked for', async () => {
    const clock = clocks['chrony of Red Hat'];
    if (!clock) return;
    const { items } = await runsThrough({
      phase,
      params: { servers: [] },
      node: () => node(clock),
    });
    expect(items.map(({ kind }) => kind)).toEqual(['command']);
  });

  it('says what to install where there is nothing, and changes nothing', async () => {
    const it = node({ files: {}, service: 'none' });
    const context = contextOf(it.machine);
    const probed = await phase.probe(context, params);
    expect(probed).toMatchObject({
      standing: 'absent',
      found: 'No time service is installed there.',
    });
    expect(await phase.plan(context, params, probed)).toMatchObject([{ kind: 'note' }]);
    const saved = await phase.save(context, params);
    await expect(phase.apply(context, params, saved)).rejects.toMatchObject({
      code: 'FIX_NOT_POSSIBLE',
    });
  });

  it('does not say that nothing is installed where systemd does not tell of it', async () => {
    const it = node({ files: { '/usr/sbin/chronyd': '' }, service: 'none' });
    const context = contextOf(it.machine);
    const found = 'chrony is installed there, and how it is started cannot be told.';
    expect(await phase.probe(context, params)).toMatchObject({ standing: 'absent', found });
    const saved = await phase.save(context, params);
    await expect(phase.apply(context, params, saved)).rejects.toThrow(found);
  });

  it('uses what runs before what is installed, and knows whose ntpd it is', () => {
    const facts = { ntpd: '/usr/sbin/ntpd', running: [] as string[] };
    const both = ['/usr/sbin/chronyd', '/lib/systemd/systemd-timesyncd'];
    expect(timeServiceOf({ ...facts, paths: both })).toBe('chrony');
    expect(timeServiceOf({ ...facts, paths: both, running: ['systemd-timesyn'] })).toBe(
      'timesyncd',
    );
    expect(timeServiceOf({ ...facts, paths: ['/usr/sbin/ntpd', '/etc/ntp.conf'] })).toBe('ntp');
    expect(timeServiceOf({ ...facts, paths: ['/usr/sbin/ntpd', '/etc/openntpd/ntpd.conf'] })).toBe(
      'openntpd',
    );
    expect(
      timeServiceOf({
        ...facts,
        ntpd: '/bin/busybox',
        paths: ['/usr/sbin/ntpd', '/etc/init.d/ntpd'],
      }),
    ).toBe('busybox');
    expect(timeServiceOf({ ...facts, paths: [] })).toBeNull();
  });

  it('refuses servers that are none', () => {
    for (const server of ['', 'a b', '-p', 'a"b', "a'", 'a\nb'])
      expect(phase.params.safeParse({ servers: [server] }).success, server).toBe(false);
    expect(phase.params.safeParse({ servers: ['fd00::1', 'ntp.lab'] }).success).toBe(true);
  });
});

it('writes lines of its own and takes exactly those out', () => {
  const text = withLines('pool x\n', ['server a']);
  expect(text).toBe('pool x\n# rackhelm begin\nserver a\n# rackhelm end\n');
  expect(withLines(text, ['server a'])).toBe(text);
  expect(withLines(text, ['server b'])).not.toContain('server a');
  expect(withoutLines(text)).toBe('pool x\n');
  expect(withNtpdServers('A=1\nNTPD_OPTS="-N"\nB=2\n', ['a'])).toBe(
    'A=1\nNTPD_OPTS="-N -p a"\nB=2\n',
  );
  expect(withNtpdServers(null, ['a', 'b'])).toBe('NTPD_OPTS="-N -p a -p b"\n');
});
