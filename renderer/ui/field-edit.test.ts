import { expect, it } from 'vitest';
import { changedElsewhere, editStep } from './field-edit.ts';

it('writes what was typed where nobody else wrote', () => {
  expect(editStep({ typed: ' pi-2 ', base: 'pi-1', live: 'pi-1' })).toBe('save');
});

it('writes nothing where the field was only opened, whatever became of it meanwhile', () => {
  expect(editStep({ typed: 'pi-1', base: 'pi-1', live: 'pi-1' })).toBe('unchanged');
  expect(editStep({ typed: 'pi-1', base: 'pi-1', live: 'renamed' })).toBe('unchanged');
  expect(editStep({ typed: 'two\n', base: 'two\n', live: 'other' })).toBe('unchanged');
});

it('writes nothing where what was typed is stored already', () => {
  expect(editStep({ typed: 'renamed', base: 'pi-1', live: 'renamed' })).toBe('unchanged');
});

it('asks where both changed it, and writes once the person knows', () => {
  expect(editStep({ typed: 'mine', base: 'pi-1', live: 'theirs' })).toBe('ask');
  expect(editStep({ typed: 'mine', base: 'theirs', live: 'theirs' })).toBe('save');
  expect(editStep({ typed: 'pi-1', base: 'theirs', live: 'theirs' })).toBe('save');
  expect(editStep({ typed: 'mine', base: 'theirs', live: 'yet another' })).toBe('ask');
});

it('tells what it became', () => {
  expect(changedElsewhere('theirs', 'Enter')).toContain('changed to “theirs”');
  expect(changedElsewhere('', 'Enter')).toContain('emptied');
});
