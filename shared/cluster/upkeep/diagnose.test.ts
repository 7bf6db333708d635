import { describe, expect, it } from 'vitest';
import type { ClusterNode } from './cluster-node.ts';
import { type DoctorCase, diagnose, type SeenNode } from './diagnose.ts';

const node = (name: string, over: Partial<ClusterNode> = {}): ClusterNode => ({
  ...{ name, uid: name, isServer: true, vote: 'voter', ready: 'ready', cordoned: false },
  ...{ version: 'v1.37.0+k3s1', isK3s: true, architecture: 'arm64', addresses: [] },
  ...{ machineId: '', memberDeleted: false },
  ...over,
});
const seen: SeenNode = {
  ...{ isInstalled: true, enabled: true, running: true, version: 'v1.37.0+k3s1' },
  ...{ hasPassword: true, clockAhead: 0, server: 'https://10.0.0.1:6443' },
  ...{ answeringCa: 'aa', tokenCa: 'aa', log: [] },
};
const away = node('pi-1', { isServer: false, vote: null, ready: 'unknown' });
const sick = (over: Partial<SeenNode> = {}, more: Partial<DoctorCase> = {}): DoctorCase => ({
  ...{ name: 'pi-1', node: away, nodes: [node('x86-1'), away], passwordKept: true },
  seen: { ...seen, ...over },
  ...more,
});
const rejected =
  'time="2026-11-30T10:00:00Z" level=info msg="Waiting to retrieve agent configuration; server is not ready: Node password rejected, duplicate hostname or contents of \'/etc/rancher/node/password\' may not match server node-passwd entry, try enabling a unique node name with the --with-node-id flag"';

describe('a node that does not come back', () => {
  it.each<[string, DoctorCase, string, string | null]>([
    ['does not run', sick({ running: false }), 'does not run there', 'start-k3s'],
    ['is not started', sick({ enabled: false }), 'not start with the machine', 'start-k3s'],
    [
      'lost its password',
      sick({ hasPassword: false }),
      'another one of that name',
      'forget-password',
    ],
    ['is refused by its name', sick({ log: [rejected] }), 'Its log:', 'forget-password'],
    ['has another clock', sick({ clockAhead: -95 }), 'Its clock is 95 s off', null],
    ['reaches no server', sick({ answeringCa: null }), 'does not answer from there', null],
    ['has the token of another cluster', sick({ tokenCa: 'bb' }), 'of another cluster', null],
    ['is too new', sick({ version: 'v1.38.0+k3s1' }), 'Upgrade the servers first', null],
    ['has no K3s', sick({ isInstalled: false }), 'not installed', null],
    [
      'waits for a dead member',
      sick({}, { node: null, nodes: [node('x86-1'), node('x86-2', { ready: 'unknown' })] }),
      'x86-2, a member of etcd, does not answer',
      null,
    ],
    [
      'waits for a learner',
      sick({}, { node: null, nodes: [node('x86-1'), node('x86-2', { vote: 'learner' })] }),
      'x86-2 is still joining etcd',
      null,
    ],
  ])('%s', (_, doctor, says, fix) => {
    const found = diagnose(doctor).filter(({ weight }) => weight === 'warning');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ says: expect.stringContaining(says), fix });
  });

  it('is told when nothing that is known keeps it away', () => {
    expect(diagnose(sick()).at(-1)?.says).toContain('Nothing of what is known');
  });
});
