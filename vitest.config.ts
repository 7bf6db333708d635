import { defineConfig } from 'vitest/config';

/** By `npm run test:slow` alone; what is slow in other files is left out there. */
const slow =
  process.env.RACKHELM_SLOW === '1' ? [] : ['test/integration/cluster-k3s-join-servers.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{electron,renderer,shared,build}/**/*.test.ts', 'renderer/**/*.test.tsx'],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude: ['test/integration/{rack,cluster}-*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 120_000,
          // Many of them measure how long a refusal takes.
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'rack',
          include: ['test/rack/**/*.test.ts', 'test/integration/rack-*.test.ts'],
          globalSetup: 'test/rack/global-setup.ts',
          testTimeout: 30_000,
          hookTimeout: 120_000,
          // They share one rack of real machines on this computer.
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'cluster',
          include: ['test/{cluster,k3s}/**/*.test.ts', 'test/integration/cluster-*.test.ts'],
          exclude: slow,
          // Of the machines for K3s all files share one rack.
          globalSetup: 'test/rack/global-setup.ts',
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // A whole Kubernetes each; two at once would only make both slow.
          fileParallelism: false,
        },
      },
    ],
  },
});
