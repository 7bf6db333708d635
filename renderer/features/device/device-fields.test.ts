import { expect, it } from 'vitest';
import type { DeviceFields } from '../../../shared/model/inventory.ts';
import { fieldGroups } from './device-fields.ts';

const loose = { rackId: null } as DeviceFields; // what validation reads
const mounted = { rackId: 'r' } as DeviceFields;

function problem(key: string, text: string, device = mounted): string | null {
  const spec = fieldGroups.flatMap(({ fields }) => fields).find((field) => field.key === key);
  if (spec === undefined) throw new Error(`There is no field ${key}.`);
  return spec.validate?.(text, device) ?? null;
}

it('refuses in words what a device cannot be called', () => {
  expect(problem('name', '  ')).toBe('A device needs a name.');
  expect(problem('name', 'x'.repeat(254))).toMatch(/253 characters at most; this one has 254/);
  expect(problem('name', 'x'.repeat(253))).toBeNull();
});

it('refuses a memory that no machine has', () => {
  expect(problem('memoryBytes', '99999999 TiB')).toMatch(/At most 1 PiB/);
  expect(problem('memoryBytes', '0')).toMatch(/Leave it empty/);
  expect(problem('memoryBytes', 'much')).toMatch(/such as 16 GiB/);
  expect(problem('memoryBytes', '16 GiB')).toBeNull();
  expect(problem('memoryBytes', '')).toBeNull();
});

it('refuses a unit where there is no rack to count it in', () => {
  expect(problem('position', '3', loose)).toMatch(/Choose a rack first/);
  expect(problem('position', '', loose)).toBeNull();
  expect(problem('position', '3')).toBeNull();
  expect(problem('position', '0')).toMatch(/from 1 to 100/);
});
