import { expect, it } from 'vitest';
import type { z } from 'zod';
import { deviceFields } from '../../shared/model/inventory.ts';
import { inputIssue, inputSentence } from './input-words.ts';

/** What the contract's own schema says of a patch, in words. */
function sentences(patch: Partial<Record<keyof z.infer<typeof deviceFields>, unknown>>) {
  const { error } = deviceFields.partial().safeParse(patch);
  return (error?.issues ?? []).map((issue) => inputSentence(inputIssue.parse(issue)));
}

it('says of each field in words what it may be', () => {
  expect(sentences({ name: 'x'.repeat(254) })).toEqual([
    'The name may have 253 characters at most.',
  ]);
  expect(sentences({ name: '  ' })).toEqual(['The name must not be empty.']);
  expect(sentences({ memoryBytes: 1e20 })).toEqual(['The memory is too large.']);
  expect(sentences({ cpuCores: 0 })).toEqual(['The number of cores must be more than 0.']);
  expect(sentences({ position: 0 })).toEqual(['The lowest unit must be at least 1.']);
  expect(sentences({ sshPort: 70_000 })).toEqual(['The SSH port may be 65,535 at most.']);
  expect(sentences({ kind: 'toaster' })).toEqual(['One of the values cannot be taken as it is.']);
});
