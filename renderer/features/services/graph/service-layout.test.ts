import { expect, it } from 'vitest';
import { layoutServices, nodeSize } from './service-layout.ts';

const node = (id: string) => ({ id });

it('places what needs left of what it needs, nothing on top of another, also in a circle', async () => {
  const nodes = ['gitea', 'postgres', 'redis', 'alone', 'a', 'b'].map(node);
  const edges = [
    { from: 'gitea', to: 'postgres' },
    { from: 'gitea', to: 'redis' },
    { from: 'a', to: 'b' },
    { from: 'b', to: 'a' },
  ];
  const layout = await layoutServices({ nodes, edges });
  const at = new Map(layout.nodes.map((placed) => [placed.id, placed]));
  expect(at.get('gitea')?.x).toBeLessThan(at.get('postgres')?.x ?? 0);
  for (const one of layout.nodes) {
    for (const other of layout.nodes) {
      const apart =
        one.id === other.id ||
        Math.abs(one.x - other.x) >= nodeSize.width ||
        Math.abs(one.y - other.y) >= nodeSize.height;
      expect({ one, other, apart }).toMatchObject({ apart: true });
    }
  }
  expect(layout.edges).toHaveLength(4);
  expect(layout.edges.every(({ points }) => points.length >= 2)).toBe(true);
});
