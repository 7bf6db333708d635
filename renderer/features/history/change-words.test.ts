import { describe, expect, it } from 'vitest';
import { declaredFirst, fieldChanges, rowName, tableWord } from './change-words.ts';

const update = {
  table: 'device',
  rowId: '1',
  operation: 'update',
  before: { id: '1', name: 'pi-1', memory_bytes: 8, rack_id: 'a', os: null, updated_at: 1 },
  after: { id: '1', name: 'pi-1', memory_bytes: 8, rack_id: 'b', os: 'Debian 13', updated_at: 2 },
} as const;

describe('changes in words', () => {
  it('shows only what differs, without keys and times', () => {
    expect(fieldChanges(update, {})).toEqual([
      { field: 'operating system', before: null, after: 'Debian 13' },
    ]);
  });

  it('shows what a row refers to by its name, and calls a nameless one after its device', () => {
    expect(fieldChanges(update, { a: 'Rack A', b: 'Rack B' })).toContainEqual({
      field: 'rack',
      before: 'Rack A',
      after: 'Rack B',
    });
    const names = { '1': 'pi-1' };
    expect(rowName({ ...update, before: { os: 'a' }, after: { os: 'b' } }, names)).toBe('pi-1');
    const place = { ...update, rowId: '2', before: null, after: { device_id: '1' } };
    expect(rowName(place, names)).toBe('pi-1');
  });

  it('shows a changed size as a person reads it, and no sortable form of an address', () => {
    const change = {
      ...update,
      before: { memory_bytes: 8 * 1024 ** 3, bytes: '00' },
      after: { memory_bytes: 16 * 1024 ** 3, bytes: '01' },
    };
    expect(fieldChanges(change, {})).toEqual([
      { field: 'memory', before: '8 GiB', after: '16 GiB' },
    ]);
  });

  it('shows what a new row holds', () => {
    const change = { ...update, operation: 'insert', before: null } as const;
    expect(fieldChanges(change, {}).map(({ field }) => field)).toContain('name');
  });

  it('calls a row by its name, or by its address', () => {
    expect(rowName(update, {})).toBe('pi-1');
    const address = { ...update, before: null, after: { address: '10.0.0.2/24' } };
    expect(rowName(address, {})).toBe('10.0.0.2/24');
  });

  it('puts what was observed after what was declared', () => {
    const observed = { ...update, table: 'observation' };
    expect(declaredFirst([observed, update]).map(({ table }) => table)).toEqual([
      'device',
      'observation',
    ]);
  });

  it('calls tables by their words', () => {
    expect(tableWord('ip_address')).toBe('IP address');
    expect(tableWord('storage_pool')).toBe('storage pool');
  });
});
