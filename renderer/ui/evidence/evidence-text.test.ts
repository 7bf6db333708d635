import { expect, it } from 'vitest';
import type { Evidence } from '../../../shared/checks/check.ts';
import { evidenceText, exitText } from './evidence-text.ts';

const evidence: Evidence = {
  ran: 'cat /proc/cmdline',
  where: 'pi-1',
  as: 'root',
  at: new Date(2026, 10, 30, 13, 5, 22).getTime(),
  durationMs: 120,
  said: 'cgroup_disable=memory\n\n',
  cut: false,
  exit: 0,
};

it('is copied with all that belongs to it', () => {
  expect(evidenceText(evidence)).toBe(
    '$ cat /proc/cmdline\n(on pi-1, as root, 30 Nov 2026, 13:05:22, took 120 ms, exit 0)\ncgroup_disable=memory',
  );
});

it('says that something was cut, that nothing came, and shows no prompt where no shell ran', () => {
  const bare = { ...evidence, as: null, durationMs: null, exit: null, said: '\n', cut: true };
  expect(evidenceText(bare)).toBe(
    'cat /proc/cmdline\n(on pi-1, 30 Nov 2026, 13:05:22)\nIt said nothing.\n[The rest was cut.]',
  );
});

it('never passes on what a terminal would obey', () => {
  expect(evidenceText({ ...evidence, said: '\u001b[2J\u202eok' })).toContain(
    '<U+001B>[2J<U+202E>ok',
  );
});

it('has a word for each way in which a program may end', () => {
  expect([0, 127, 'late', 'too-large', 'SIGKILL', null].map(exitText)).toEqual([
    'exit 0',
    'exit 127',
    'did not end in time',
    'said too much',
    'ended by SIGKILL',
    null,
  ]);
});
