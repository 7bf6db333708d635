import { expect, it } from 'vitest';
import { relationsTo } from './relations.ts';

const named = (target: string) =>
  relationsTo(target).map(({ kind, field, owned }) => `${kind.name}.${field}${owned ? '!' : ''}`);

it('tells what refers to a kind, what belongs to it first', () => {
  expect(named('vlan')).toEqual(['prefix.vlan', 'vlan-membership.vlan', 'exposure.vlan']);
  expect(named('cluster')).toEqual([
    'cluster-member.cluster!',
    'service.cluster',
    'storage-pool.cluster',
  ]);
});

it('tells both ways in which a kind may refer to its like', () => {
  expect(named('interface')).toEqual(expect.arrayContaining(['interface.parent', 'interface.lag']));
});
