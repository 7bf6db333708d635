import { describe, expect, it } from 'vitest';
import { runsThrough, standsEveryBreak } from '../../../engine/phases/trial/break-off.ts';
import { TrialNode, type TrialNodeOptions } from '../../../engine/phases/trial/trial-node.ts';
import { k3sConfigPhase } from './config.ts';
import { k3sServicePhase } from './unit.ts';

const settings = k3sConfigPhase.params.parse({
  settings: { role: 'agent', nodeName: 'pi-1', server: 'https://10.0.30.11:6443' },
});
const path = '/etc/rancher/k3s/config.yaml';
const programs: TrialNodeOptions['programs'] = [[/^rmdir \/var\/lib\/rancher\//, () => '']];

describe('the settings of K3s on a machine', () => {
  it.each([
    ['none', {}],
    ['others’', { [path]: '# grown\nkubelet-arg: [max-pods=20]\nnode-name: ä\n' }],
  ])('are written where %s stand, and brought back', async (_, files) => {
    const node = () => new TrialNode({ files, programs });
    await runsThrough({ phase: k3sConfigPhase, params: settings, node });
    expect(
      await standsEveryBreak({ phase: k3sConfigPhase, params: settings, node }),
    ).toBeGreaterThan(2);
  });

  it('are nobody’s to read but root’s', async () => {
    const { applied } = await runsThrough({
      phase: k3sConfigPhase,
      params: settings,
      node: () => new TrialNode({ programs }),
    });
    expect(JSON.parse(applied)).toMatchObject({ files: [[path, expect.any(String), 0o600, 0]] });
  });

  it('that contradict themselves are refused before anything is planned', () => {
    const wrong = { settings: { ...settings.settings, server: null } };
    expect(k3sConfigPhase.params.safeParse(wrong).error?.issues[0]?.message).toContain(
      'needs the address of a server',
    );
  });
});

describe('the service of K3s', () => {
  it.each([
    ['agent', 'systemd', '/etc/systemd/system/k3s-agent.service', 'Type=exec'],
    ['server', 'systemd', '/etc/systemd/system/k3s.service', 'Type=notify'],
    ['first-server', 'openrc', '/etc/init.d/k3s', 'command_args="server"'],
    ['agent', 'openrc', '/etc/init.d/k3s-agent', 'command_args="agent"'],
  ] as const)('of a %s under %s is %s', async (role, init, file, holds) => {
    const { items } = await runsThrough({
      phase: k3sServicePhase,
      params: { role, init },
      node: () => new TrialNode({}),
    });
    expect(items).toMatchObject([
      {
        kind: 'file',
        path: file,
        after: expect.stringContaining(holds),
        mode: init === 'systemd' ? 0o644 : 0o755,
      },
    ]);
  });

  it('replaces one that another installation left, and brings it back', async () => {
    const file = '/etc/systemd/system/k3s.service';
    const node = () =>
      new TrialNode({ files: { [file]: '[Service]\nExecStart=/opt/k3s server --disable=x\n' } });
    await runsThrough({
      phase: k3sServicePhase,
      params: { role: 'server', init: 'systemd' },
      node,
    });
  });
});
