import { describe, expect, it } from 'vitest';
import { usualJoin } from '../../../../shared/cluster/join/join-answers.ts';
import type { KeptCheck } from '../../../../shared/onboarding/draft.ts';
import { newId } from '../../db/index.ts';
import { networkParams } from '../phases/network/wanted.ts';
import { recordParams } from '../record/index.ts';
import { sampleDraft, sampleMachine } from '../trial/sample-draft.ts';
import { wantedLanes } from './wanted-lanes.ts';

const failed = (check: string, phase: string, params: Record<string, unknown> = {}): KeptCheck => ({
  check,
  part: '',
  group: 'x',
  title: check,
  status: 'fail',
  found: 'x',
  fix: { kind: 'phase', phase, title: phase, params },
  accepted: false,
});
const keys = ['ssh-ed25519 AAAA x', 'ssh-ed25519 BBBB y'];
const lanes = (
  machine: ReturnType<typeof sampleMachine>,
  common: Parameters<typeof sampleDraft>[1] = {},
) => wantedLanes(sampleDraft([machine], common), { keys, newId });
const phases = (...input: Parameters<typeof lanes>) =>
  lanes(...input)[0]?.phases.map(({ phase }) => phase);

describe('the plan of a draft', () => {
  it('of a machine on which nothing is wrong only writes it down', () => {
    expect(phases(sampleMachine())).toEqual(['record-device', 'record-report']);
  });

  it('lets a machine join before it is written down, as what its node is', () => {
    const machine = sampleMachine({ role: 'worker' });
    const outside = sampleMachine();
    const draft = sampleDraft([machine, outside], {
      clusterId: newId(),
      join: usualJoin,
      tags: ['rack'],
    });
    const phases = [
      { phase: 'node-ready', params: {} },
      { phase: 'k3s-binary', params: {} },
    ];
    const joins = new Map([
      [machine.id, { phases, as: 'server' as const, labels: { disk: 'ssd' } }],
    ]);
    const [joining, other] = wantedLanes(draft, { keys: [], newId, joins });
    expect(joining?.phases.map(({ phase }) => phase)).toEqual([
      'k3s-binary',
      'node-ready',
      'record-device',
      'record-report',
    ]);
    expect(joining?.phases[2]?.params).toMatchObject({
      ...{ clusterId: draft.common.clusterId, joinedAs: 'server', tags: ['rack', 'disk=ssd'] },
    });
    expect(other?.phases[0]?.params).toMatchObject({ clusterId: null });
  });

  it('mends what was chosen, restarts once, and then the network, the login and the record', () => {
    const checks = [
      failed('onboarding.memory-cgroup', 'memory-cgroup'),
      failed('onboarding.swap', 'swap'),
      failed('onboarding.time', 'time-sync'),
    ];
    const fixes = checks.slice(0, 2).map(({ check }) => ({ check, part: '' }));
    const addresses = [
      { interface: 'eth0', address: '10.0.0.5/24', gateway: null, dns: [], set: true },
    ];
    const machine = sampleMachine({ hostname: 'pi-1', fixes, addresses }, { checks });
    expect(phases(machine, { sshKey: 'both', passwordLoginOff: true })).toEqual([
      'hostname',
      'swap',
      'memory-cgroup',
      'reboot',
      'network-address',
      'ssh-key',
      'ssh-key',
      'ssh-password-login',
      'record-device',
      'record-report',
    ]);
  });

  it('turns passwords off by the keys that are put there, and no others', () => {
    const [lane] = lanes(sampleMachine(), { sshKey: 'both', passwordLoginOff: true });
    const of = (phase: string) =>
      lane?.phases.filter((one) => one.phase === phase).map(({ params }) => params);
    expect(of('ssh-key')).toEqual(keys.map((key) => ({ user: 'ops', key })));
    expect(of('ssh-password-login')).toEqual([{ user: 'ops', keys }]);
  });

  it('gives a clone a machine id and host keys of its own first, and knows it by no old key', () => {
    const machine = sampleMachine(
      { identity: { as: 'clone', deviceId: newId() }, hostname: 'b' },
      {
        connection: { state: 'read', at: 1, user: 'ops', hostKey: { type: 'x', sha256: 'y' } },
        checks: [failed('onboarding.cloned-host-keys', 'host-keys', { was: ['AAAA'] })],
      },
    );
    const was = '0123456789abcdef0123456789abcdef';
    expect(lanes(machine)[0]?.phases[0]).toEqual({ phase: 'machine-id', params: { was } });
    expect(phases(machine)?.slice(0, 3)).toEqual(['machine-id', 'host-keys', 'hostname']);
    const record = lanes(machine)[0]?.phases.find(({ phase }) => phase === 'record-device');
    expect(record?.params).toMatchObject({ hostKey: null });
  });

  it('joins what several checks ask of one phase', () => {
    const checks = [
      failed('onboarding.a', 'packages', { packages: ['curl'] }),
      failed('onboarding.b', 'packages', { packages: ['curl', 'nftables'] }),
      failed('onboarding.c', 'sysctl', { values: { a: '1' } }),
      failed('onboarding.d', 'sysctl', { values: { b: '2' } }),
    ];
    const fixes = checks.map(({ check }) => ({ check, part: '' }));
    const [lane] = lanes(sampleMachine({ fixes }, { checks }));
    expect(lane?.phases.slice(0, 2)).toEqual([
      { phase: 'packages', params: { packages: ['curl', 'nftables'] } },
      { phase: 'sysctl', params: { values: { a: '1', b: '2' } } },
    ]);
  });

  it('mends nothing that passes by now', () => {
    const passes = { ...failed('onboarding.swap', 'swap'), status: 'pass' as const };
    const fixes = [{ check: 'onboarding.swap', part: '' }];
    expect(phases(sampleMachine({ fixes }, { checks: [passes] }))).toEqual([
      'record-device',
      'record-report',
    ]);
  });

  it('gives each interface its addresses at once', () => {
    const on = (link: string, address: string, gateway: string | null = null) => ({
      ...{ interface: link, address, gateway, dns: ['10.0.0.1'], set: true },
    });
    const addresses = [
      on('eth0', '10.0.0.5/24', '10.0.0.1'),
      on('eth1', '10.1.0.5/24'),
      on('eth0', 'fd00::5/64'),
    ];
    const [lane] = lanes(sampleMachine({ addresses }));
    expect(lane?.phases.slice(0, 2).map(({ params }) => networkParams.parse(params))).toMatchObject(
      [
        { interface: 'eth0', addresses: ['10.0.0.5/24', 'fd00::5/64'], gateways: ['10.0.0.1'] },
        { interface: 'eth1', addresses: ['10.1.0.5/24'], gateways: [], dns: ['10.0.0.1'] },
      ],
    );
  });

  it('remembers it by the address that it gets, unless it was reached by a name', () => {
    const addresses = [
      { interface: 'eth0', address: '10.0.0.5/24', gateway: null, dns: [], set: true },
    ];
    const hostOf = (host: string) => {
      const machine = sampleMachine({ addresses }, { target: { host } });
      const record = lanes(machine)[0]?.phases.find(({ phase }) => phase === 'record-device');
      return recordParams.parse(record?.params).target.host;
    };
    expect([hostOf('10.0.0.99'), hostOf('pi-1.lan')]).toEqual(['10.0.0.5', 'pi-1.lan']);
  });

  it('has a lane for each machine, with one set of answers', () => {
    const two = sampleDraft([sampleMachine({ name: 'a' }), sampleMachine({ name: 'b' })], {
      role: 'worker',
    });
    const roles = wantedLanes(two, { keys: [], newId }).map(({ title, phases: all }) => [
      title,
      all[0]?.params.role,
    ]);
    expect(roles).toEqual([
      ['a', 'worker'],
      ['b', 'worker'],
    ]);
  });
});
