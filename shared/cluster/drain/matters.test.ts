import { describe, expect, it } from 'vitest';
import { readPlacedPod } from '../placing/placed-pod.ts';
import { readPlacingNode } from '../placing/placing-node.ts';
import { readBudget } from './budgets.ts';
import { isDecided, mattersOf } from './matters.ts';
import { usualDrain } from './options.ts';
import { findingsOf } from './preflight.ts';

const node = (name: string) =>
  readPlacingNode({
    metadata: { name, uid: `uid-${name}` },
    status: {
      allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  });

function pod(name: string, owner: string | null = 'web', emptyDirs: readonly string[] = []) {
  const ownerReferences =
    owner === null
      ? []
      : [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner, uid: owner, controller: true }];
  return readPlacedPod({
    metadata: {
      name,
      namespace: 'shop',
      uid: name,
      labels: { app: owner ?? name },
      ownerReferences,
    },
    spec: { nodeName: 'pi-1', volumes: emptyDirs.map((each) => ({ name: each, emptyDir: {} })) },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  });
}

const budget = (app: string, wanted: number) =>
  readBudget({
    metadata: { name: app, namespace: 'shop' },
    spec: { selector: { matchLabels: { app } } },
    status: { disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: wanted, expectedPods: 2 },
  });

const accepting = { ...usualDrain, deleteLocalData: true, deleteUncontrolled: true };

function matters(
  pods: readonly ReturnType<typeof pod>[],
  { budgets = [] as ReturnType<typeof budget>[], options = accepting, own = node('pi-1') } = {},
) {
  const nodes = [own, node('pi-2')];
  const survey = { node: own, nodes, pods, budgets, daemonSets: null, volumeTerms: () => null };
  return mattersOf(survey, options, findingsOf(survey, options, new Map()).findings);
}

describe('what a person decides about before a drain', () => {
  it('is not which pods there are, as they come and go', () => {
    const busy = matters([pod('web-1'), pod('web-2'), pod('job-1', 'job')]);
    expect(matters([pod('web-7')])).toEqual(busy);
  });

  it('is whose data is lost, and not of which of its pods', () => {
    const shown = matters([pod('web-1', 'web', ['cache'])]);
    expect(matters([pod('web-9', 'web', ['cache']), pod('web-8', 'web', ['cache'])])).toEqual(
      shown,
    );
    expect(isDecided(shown, matters([pod('web-9', 'web', ['cache', 'uploads'])]))).toBe(false);
    expect(isDecided(shown, matters([pod('db-1', 'db', ['cache'])]))).toBe(false);
  });

  it('is each pod that nothing makes anew, by its own name', () => {
    const shown = matters([pod('toolbox', null)]);
    expect(isDecided(shown, matters([pod('toolbox-2', null)]))).toBe(false);
  });

  it('is what budgets hold back, and whether they ever give way', () => {
    const waiting = matters([pod('web-1')], { budgets: [budget('web', 1)] });
    expect(isDecided(matters([pod('web-1')]), waiting)).toBe(false);
    expect(matters([pod('web-5')], { budgets: [budget('web', 1)] })).toEqual(waiting);
    const never = matters([pod('web-1')], { budgets: [budget('web', 2)] });
    expect(isDecided(waiting, never)).toBe(false);
  });

  it('asks nobody again where something has gone away', () => {
    const shown = matters([pod('toolbox', null), pod('web-1', 'web', ['cache'])]);
    expect(isDecided(shown, matters([pod('web-1')]))).toBe(true);
  });

  it('is which node and what was accepted', () => {
    const shown = matters([]);
    expect(isDecided(shown, matters([], { own: node('pi-3') }))).toBe(false);
    expect(isDecided(shown, matters([], { options: usualDrain }))).toBe(false);
  });
});
