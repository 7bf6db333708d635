import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Cluster } from './cluster.ts';
import { mayBeMissing, whyNoCluster } from './requirements.ts';
import { type ClusterOptions, startCluster } from './start.ts';

/**
 * What could not run is skipped with the reason in its name, or fails when RACKHELM_REQUIRE_ALL=1 says
 * that nothing may be skipped and it is none of what may be missing.
 */
export function skipOrFail(name: string, reason: string): void {
  if (process.env.RACKHELM_REQUIRE_ALL === '1' && !mayBeMissing.test(reason)) {
    it(name, () => {
      throw new Error(`Nothing may be skipped, but: ${reason}`);
    });
  } else {
    describe.skip(`${name} (${reason})`, () => {
      it('needs the cluster', () => {});
    });
  }
}

/** A `describe` whose tests share a cluster of their own. */
export function describeCluster(
  name: string,
  options: ClusterOptions,
  tests: (cluster: () => Cluster) => void,
): void {
  const reason = whyNoCluster(options);
  if (reason) {
    skipOrFail(name, reason);
    return;
  }
  describe(name, () => {
    let cluster: Cluster | null = null;
    beforeAll(async () => {
      cluster = await startCluster(options);
    });
    afterAll(() => cluster?.stop());
    tests(() => {
      if (!cluster) throw new Error('The cluster is there inside of tests and hooks only.');
      return cluster;
    });
  });
}
