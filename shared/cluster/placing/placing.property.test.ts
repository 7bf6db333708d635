import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeElsewhere, roomsOf } from './place-elsewhere.ts';
import { readPlacedPod } from './placed-pod.ts';
import { readPlacingNode } from './placing-node.ts';

const node = (name: string, memory: number) =>
  readPlacingNode({
    metadata: { name, uid: name },
    status: { allocatable: { memory, cpu: 100 }, conditions: [{ type: 'Ready', status: 'True' }] },
  });
const pod = (name: string, memory: number, nodeName: string) =>
  readPlacedPod({
    metadata: { name, namespace: 'n', uid: name },
    spec: { nodeName, containers: [{ name: 'c', resources: { requests: { memory } } }] },
    status: { phase: 'Running' },
  });

const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 12 });

it('never places more on the nodes than is free, and never gives up on one that fits by itself', () => {
  fc.assert(
    fc.property(sizes, sizes, sizes, (nodes, leaving, staying) => {
      const all = nodes.map((memory, at) => node(`node-${at}`, memory));
      const pods = leaving.map((memory, at) => pod(`leaving-${at}`, memory, 'gone'));
      const there = staying.map((memory, at) => pod(`there-${at}`, memory, `node-${at}`));
      const rooms = roomsOf(all, there, new Set());
      const homeless = placeElsewhere(pods, rooms, () => null);
      const names = new Set(homeless.map((one) => one.pod.name));
      const placed = pods.filter(({ name }) => !names.has(name));
      const sum = (some: readonly (number | undefined)[]) =>
        some.reduce<number>((total, one) => total + Math.max(0, one ?? 0), 0);
      const free = rooms.map((room) => room.free.memory);
      expect(sum(placed.map(({ asks }) => asks.memory))).toBeLessThanOrEqual(sum(free));
      const largest = Math.max(0, ...free.map((one) => one ?? 0));
      if (pods.length === 1 && (pods[0]?.asks.memory ?? 0) <= largest) expect(homeless).toEqual([]);
      for (const { reasons } of homeless) expect(reasons).toHaveLength(all.length);
    }),
    { numRuns: 200 },
  );
});
