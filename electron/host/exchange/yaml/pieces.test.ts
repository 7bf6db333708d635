import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readTop } from './pieces.ts';
import type { TreeNode } from './tree.ts';

const text = `rackhelm: 2 # the version

# a comment
sites:
  # another
  - name: a
    comment: |-
      - not a thing
      sites:
  -
    name: b
  - {name: c}
devices: # things
- name: d
  interfaces:
    - name: e
- f
cables: [g, h]
`;

function read(size: number): string[] {
  const found: string[] = [];
  const say = (node: TreeNode): string =>
    node.type === 'map'
      ? node.entries.map((entry) => `${entry.key}@${entry.line}=${say(entry.value)}`).join(',')
      : node.type === 'list'
        ? node.items.map(say).join(';')
        : String(node.text);
  readTop(
    text,
    {
      value: ({ key, line, value }) => void found.push(`${key}@${line} ${say(value)}`),
      item: ({ key }, node, index) => void found.push(`${key}[${index}]@${node.line} ${say(node)}`),
    },
    size,
  );
  return found;
}

it('reads the same with the same lines, in however small parts', () => {
  const whole = read(1_000_000);
  expect(whole[1]).toBe('sites[0]@6 name@6=a,comment@7=- not a thing\nsites:');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), (size) => {
      expect(read(size)).toEqual(whole);
    }),
  );
});
