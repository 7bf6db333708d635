import { expect, it } from 'vitest';
import { besideField, fieldOf } from './field-failure.ts';

it('finds the field that a refusal is about, by its name or its path', () => {
  expect(fieldOf({ data: { field: 'name' } })).toBe('name');
  expect(fieldOf({ data: { path: ['patch', 'memoryBytes'] } })).toBe('memoryBytes');
  expect(fieldOf({ data: { path: ['ids', 0] } })).toBe('ids');
  expect(fieldOf({ data: {} })).toBeNull();
});

it('says at the field itself nothing that the place says already', () => {
  const message = 'gpu would reach unit 5.';
  expect(besideField({ message, hint: 'Correct the marked field.' })).toBe(message);
  expect(besideField({ message, hint: 'Choose another name.' })).toBe(
    `${message} Choose another name.`,
  );
});
