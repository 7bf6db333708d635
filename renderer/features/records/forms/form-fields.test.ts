import { expect, it } from 'vitest';
import { kindOf, kinds } from '../../../../shared/model/kinds/index.ts';
import { newValues } from '../../../../shared/model/kinds/schema.ts';
import { firstDrafts, formFields, nextDrafts, readForm } from './form-fields.ts';

it.each(kinds)('shows of $name at once whatever must be said, and loses no field', (kind) => {
  const { first, rest } = formFields(kind);
  expect([...first, ...rest].sort()).toEqual(Object.keys(kind.fields).sort());
  const { problems } = readForm(kind, firstDrafts(kind, {}));
  expect(first).toEqual(expect.arrayContaining(Object.keys(problems)));
});

it('says of an untouched form just what the host would miss', () => {
  for (const kind of kinds) {
    const { values, problems } = readForm(kind, firstDrafts(kind, {}));
    expect(newValues(kind).safeParse(values).success).toBe(Object.keys(problems).length === 0);
  }
});

it('begins with what is given, which stands among the first', () => {
  const kind = kindOf('device');
  expect(formFields(kind, ['rack', 'position']).first).toEqual(
    expect.arrayContaining(['rack', 'position']),
  );
  const drafts = firstDrafts(kind, { rack: 'r1', position: 4.5, name: 'pi-1', kind: 'sbc' });
  expect(readForm(kind, drafts).values).toMatchObject({ rack: 'r1', position: 4.5 });
});

it('counts the name on for the next one, and keeps what both have', () => {
  const vlan = kindOf('vlan');
  const drafts = firstDrafts(vlan, { name: 'lab-1', number: 20, traffic: 'storage' });
  const next = nextDrafts(vlan, drafts);
  expect(next.name).toEqual({ text: 'lab-2' });
  expect(next.number).toEqual({ text: '' });
  expect(next.traffic).toEqual({ text: 'storage' });
});

it('goes on with the next address of the prefix, and with none after its last', () => {
  const address = kindOf('address');
  const after = (text: string) =>
    nextDrafts(address, firstDrafts(address, { address: text })).address?.text;
  expect(after('10.20.10.21/24')).toBe('10.20.10.22/24');
  expect(after('fd20::1f/64')).toBe('fd20::20/64');
  expect(after('10.20.10.254/24')).toBe('');
  expect(after('nonsense')).toBe('');
});
