import { expect, it } from 'vitest';
import { fieldOf } from './field-failure.ts';

it('finds the field that a refusal is about, by its name or its path', () => {
  expect(fieldOf({ data: { field: 'name' } })).toBe('name');
  expect(fieldOf({ data: { path: ['patch', 'memoryBytes'] } })).toBe('memoryBytes');
  expect(fieldOf({ data: { path: ['ids', 0] } })).toBe('ids');
  expect(fieldOf({ data: {} })).toBeNull();
});
