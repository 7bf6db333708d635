import { expect, it, vi } from 'vitest';
import type { Facts } from '../../shared/model/facts.ts';
import { describeRack, type FaultKind, type FaultOptions } from '../rack/index.ts';
import { factsOf, statuses, told } from './rack/login.ts';
import { withClient } from './sshd/index.ts';

// Each fault has a machine of its own, all at once.
vi.setConfig({ maxConcurrency: 12, testTimeout: 60_000 });
const test = it.concurrent;
const day = 86_400;

function rootDisk(facts: Facts) {
  const root = told(facts, 'fileSystems').find(({ mountPoint }) => mountPoint === '/');
  if (!root) throw new Error('The facts tell of no root file system.');
  return root;
}

/** Seconds by which the machine's clock is ahead of this computer's. */
function ahead(facts: Facts): number {
  return told(facts, 'time').epochSeconds - facts.collectedAt / 1000;
}

describeRack('a machine that is not well', 'seed', (rack) => {
  /** Over a connection of its own, so that the login takes part in what is wrong. */
  function read(name: string): Promise<Facts> {
    return withClient({ configFile: rack().sshConfigFile }, async (client) =>
      factsOf(await client.pool.connect({ host: name }, client.options())),
    );
  }

  /** Facts with the fault on, and again once it is mended; each section ends as it did before. */
  async function readWith(name: string, kind: FaultKind, options: FaultOptions = {}) {
    const before = await read(name);
    const during = await (async () => {
      await using _fault = await rack().node(name).fault(kind, options);
      return await read(name);
    })();
    const after = await read(name);
    expect(statuses(during)).toEqual(statuses(before));
    expect(statuses(after)).toEqual(statuses(before));
    return { before, during, after };
  }

  test('tells facts where 10 % of the packets are lost', async () => {
    const { during } = await readWith('nas', 'loss', { share: 10 });
    expect(told(during, 'hostname').hostname).toBe('nas');
  });

  test('tells facts over 40 kbit/s, later', async () => {
    const { during, after } = await readWith('pi-1', 'bandwidth', { kbit: 40 });
    // The script alone is 14 kB, of which the first burst takes a part.
    expect(during.durationMs).toBeGreaterThan(after.durationMs + 300);
  });

  test('tells facts where each round trip takes 300 ms, later', async () => {
    const { during } = await readWith('pi-2', 'latency', { ms: 300 });
    // Few round trips: the script goes over in one piece and its answer comes in one.
    expect(during.durationMs).toBeGreaterThan(300);
    expect(during.durationMs).toBeLessThan(300 * 8);
  });

  test('tells facts from a full disk, and that it is full', async () => {
    const { before, during, after } = await readWith('pi-3', 'disk-full');
    expect(rootDisk(before).availableBytes).toBeGreaterThan(0);
    expect(rootDisk(during).availableBytes).toBe(0);
    expect(rootDisk(after).availableBytes).toBeGreaterThan(0);
  });

  test('tells facts from a read-only root', async () => {
    const { during } = await readWith('alpine', 'read-only-root');
    expect(told(during, 'hostname').hostname).toBe('alpine');
  });

  test.each([
    ['worker-1', day],
    ['worker-2', -30 * day],
  ])('shows the wrong clock of %s, %i seconds off', async (name, offset) => {
    const { before, during, after } = await readWith(name, 'wrong-clock', { offset });
    expect(Math.abs(ahead(before))).toBeLessThan(10);
    expect(Math.abs(ahead(during) - offset)).toBeLessThan(10);
    expect(Math.abs(ahead(after))).toBeLessThan(10);
  });
});
