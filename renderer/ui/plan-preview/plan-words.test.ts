import { expect, it } from 'vitest';
import { totalsOf } from '../../../shared/jobs/plan-totals.ts';
import { firstOf } from './diff-lines.ts';
import { specimenLanes, specimenPhase } from './plan-specimens.ts';
import { changesText, itemsText, laneText, totalsWords } from './plan-words.ts';

const reboot = {
  kind: 'command',
  command: 'sudo systemctl reboot',
  root: true,
  restarts: true,
} as const;
const warning = { kind: 'note', weight: 'warning', text: 'It takes long.' } as const;

const lane = (...phases: ReturnType<typeof specimenPhase>[]) => ({ phases });

it('tells a plan in numbers, and counts nothing that is so already', () => {
  const totals = totalsOf([
    lane(
      specimenPhase('a', 'absent', [reboot, warning]),
      specimenPhase('b', 'present', [reboot, warning], { lasting: 'No way back.' }),
    ),
    lane(specimenPhase('c', 'unknown', [], { lasting: 'No way back.' })),
    lane(specimenPhase('d', 'present')),
  ]);
  expect(changesText(totals)).toBe('2 changes on 2 machines');
  expect(totalsWords(totals)).toEqual([
    '1 reboot',
    '1 warning',
    '1 cannot be undone',
    '2 already so',
  ]);
});

it('counts the commands that restart a machine, whatever they are called', () => {
  const command = { kind: 'command', command: 'shutdown -r now', root: true } as const;
  const phases = [
    specimenPhase('a', 'absent', [{ ...command, restarts: true }]),
    specimenPhase('b', 'present', [{ ...command, restarts: true }]),
    specimenPhase('c', 'absent', [command]),
  ];
  expect(totalsOf([lane(...phases)]).reboots).toBe(1);
});

it('says of one machine what is done there', () => {
  const [, , third] = specimenLanes(3);
  expect(laneText(third?.phases ?? [])).toMatch(/^\d+ to do, \d+ already so, 1 unknown$/);
  expect(laneText([])).toBe('nothing to do');
  expect(itemsText(specimenLanes(1)[0]?.phases[0]?.items ?? [])).toBe('1 command, 1 file');
});

it('draws the first lines of a large change alone', () => {
  const line = { kind: 'same', text: '', before: 1, after: 1 } as const;
  const hunk = (lines: number) => ({ head: '', lines: Array.from({ length: lines }, () => line) });
  const sizes = firstOf([hunk(5), hunk(5), hunk(5)], 7).map(({ lines }) => lines.length);
  expect(sizes).toEqual([5, 2]);
});
