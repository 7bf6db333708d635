import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { draftOf, firstDraft, readDraft } from './field-draft.ts';

const field = (kind: string, name: string) => {
  const found = kindOf(kind).fields[name];
  if (found === undefined) throw new Error(name);
  return found;
};

describe('what is typed into a field', () => {
  it.each([
    ['interface', 'speedMbps', '2.5 GbE', 2_500],
    ['device', 'memoryBytes', '16G', 16 * 1024 ** 3],
    ['device', 'position', 'U12', 12],
    ['mac', 'mac', 'AA-BB-CC-00-11-22', 'aa:bb:cc:00:11:22'],
    ['address', 'role', 'Virtual', 'virtual'],
    ['interface', 'management', 'yes', true],
    ['vlan', 'purpose', '  ', null],
  ])('is read as a person means it: %s %s %s', (kind, name, text, value) => {
    expect(readDraft(field(kind, name), { text })).toEqual({ value });
  });

  it('says what is wrong, and what is needed', () => {
    expect(readDraft(field('vlan', 'number'), { text: '5000' })).toHaveProperty('problem');
    expect(readDraft(field('vlan', 'name'), { text: ' ' })).toEqual({ problem: 'Name is needed.' });
  });

  it('takes a reference only once one was chosen', () => {
    const vlan = field('prefix', 'vlan');
    expect(readDraft(vlan, { text: 'stor' })).toHaveProperty('problem');
    expect(readDraft(vlan, { text: 'storage', id: '7' })).toEqual({ value: '7' });
    expect(readDraft(vlan, { text: '' })).toEqual({ value: null });
    expect(draftOf(vlan, '7', 'storage')).toEqual({ text: 'storage', id: '7' });
  });

  it('begins with what is usual, which is what the host would take', () => {
    expect(firstDraft(field('device', 'heightUnits'))).toEqual({ text: '1' });
    expect(firstDraft(field('vlan-membership', 'tagged'))).toEqual({ text: 'no' });
  });
});
