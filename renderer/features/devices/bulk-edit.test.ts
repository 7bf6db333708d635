import { expect, it } from 'vitest';
import { blankBulk, bulkPatch, bulkTags } from './bulk-edit.ts';

it('writes nothing that was not ticked', () => {
  expect(bulkPatch(blankBulk)).toEqual({});
  expect(bulkTags(blankBulk)).toBeNull();
});

it('writes the ticked fields only, and nothing for an emptied one', () => {
  const draft = {
    ...blankBulk,
    status: { on: true, value: 'retired' },
    os: { on: true, value: '  ' },
    sshUser: { on: false, value: 'admin' },
  } as const;
  expect(bulkPatch(draft)).toEqual({ status: 'retired', os: null });
});

it('forgets the unit when devices move to another rack', () => {
  expect(bulkPatch({ ...blankBulk, rackId: { on: true, value: 'r2' } })).toEqual({
    rackId: 'r2',
    position: null,
  });
});
