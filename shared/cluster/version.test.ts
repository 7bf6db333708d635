import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ClusterVersion,
  compareVersions,
  joinObjection,
  minorSteps,
  parseClusterVersion,
  upgradeObjection,
} from './version.ts';

function version(text: string): ClusterVersion {
  const parsed = parseClusterVersion(text);
  if (!parsed) throw new Error(`no version: ${text}`);
  return parsed;
}

describe('a version of the cluster', () => {
  it.each([
    ['v1.37.2+k3s1', { minor: 37, patch: 2, k3s: 1, preRelease: null }],
    ['1.37.2', { minor: 37, k3s: null }],
    ['v1.37.0-rc.1+k3s2', { preRelease: 'rc.1', k3s: 2 }],
    ['v1.37.2-k3s1', { preRelease: null, k3s: 1 }],
    ['v1.37.2-rc1-k3s1', { preRelease: 'rc1', k3s: 1 }],
    ['v1.30.1+rke2r1', { minor: 30, k3s: null }],
  ])('is read from %s', (text, parts) => {
    expect(parseClusterVersion(text)).toMatchObject(parts);
  });

  it.each([
    '',
    'latest',
    'v1.37',
    'v1.37.2.1',
    'v1.x.2',
    '1.2.3; rm -rf /',
    `v1.2.${'9'.repeat(40)}`,
  ])('is not read from %j', (text) => expect(parseClusterVersion(text)).toBeNull());

  it('counts builds of K3s after the version, and candidates before it', () => {
    const sorted = [
      'v1.37.0+k3s2',
      'v1.37.0+k3s1',
      'v1.36.9+k3s1',
      'v1.37.0-rc.10+k3s1',
      'v1.37.0-rc.9+k3s1',
    ]
      .map(version)
      .sort(compareVersions)
      .map(({ text }) => text);
    expect(sorted).toEqual([
      'v1.36.9+k3s1',
      'v1.37.0-rc.9+k3s1',
      'v1.37.0-rc.10+k3s1',
      'v1.37.0+k3s1',
      'v1.37.0+k3s2',
    ]);
  });
});

describe('an upgrade', () => {
  it.each([
    ['v1.36.4+k3s1', 'v1.37.2+k3s1', undefined],
    ['v1.37.1+k3s1', 'v1.37.2+k3s1', undefined],
    ['v1.37.2+k3s1', 'v1.37.2+k3s2', undefined],
    ['v1.35.4+k3s1', 'v1.37.2+k3s1', 'skips-a-minor'],
    ['v1.37.2+k3s1', 'v1.37.1+k3s1', 'downgrade'],
    ['v1.37.2+k3s2', 'v1.37.2+k3s1', 'downgrade'],
    ['v1.37.2+k3s1', 'v2.0.0+k3s1', 'skips-a-minor'],
  ])('from %s to %s: %s', (from, to, rule) => {
    expect(upgradeObjection(version(from), version(to))?.rule).toBe(rule);
  });

  it('goes one minor at a time, and each step is one that is allowed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 60 }),
        fc.integer({ min: 0, max: 9 }),
        (from, more) => {
          let at = version(`v1.${from}.3`);
          for (const { minor } of minorSteps(at, version(`v1.${from + more}.5`))) {
            const next = version(`v1.${minor}.5`);
            expect(upgradeObjection(at, next)).toBeNull();
            at = next;
          }
          expect(at.minor).toBe(from + more);
        },
      ),
    );
  });
});

describe('a node that joins', () => {
  const servers = ['v1.37.2+k3s1', 'v1.36.4+k3s1'].map(version);

  it.each([
    ['v1.36.9+k3s1', 'agent', undefined],
    ['v1.34.1+k3s1', 'agent', undefined],
    ['v1.33.1+k3s1', 'agent', 'too-old-for-servers'],
    // One server has 1.36 still, so no kubelet may have 1.37 yet.
    ['v1.37.2+k3s1', 'agent', 'newer-than-servers'],
    ['v1.36.1+k3s1', 'server', undefined],
    ['v1.35.1+k3s1', 'server', 'too-old-for-servers'],
  ] as const)('with %s as %s: %s', (text, role, rule) => {
    expect(joinObjection(version(text), role, servers)?.rule).toBe(rule);
  });
});
