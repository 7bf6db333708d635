import { expect, it } from 'vitest';
import type { LogLine } from '../../../../shared/jobs/job.ts';
import { appended, prepended } from '../../../ui/log-view/log-entries.ts';
import { chosenLines, entryOf } from './log-lines.ts';

const line = (seq: number, stepId: string | null = 'a', text = `line ${seq}`): LogLine => ({
  seq,
  at: seq,
  stepId,
  stream: 'out',
  text,
});
const entries = (...seqs: number[]) => seqs.map((seq) => entryOf(line(seq)));
const keys = (list: readonly { key: number }[]) => list.map(({ key }) => key);

it('shows nothing twice though it is sent again, and keeps to its bound', () => {
  expect(keys(appended(entries(1, 2), entries(2, 3)))).toEqual([1, 2, 3]);
  const same = entries(1, 2);
  expect(appended(same, entries(1))).toBe(same);
  expect(keys(appended(entries(1, 2, 3), entries(4, 5), 3))).toEqual([3, 4, 5]);
});

it('puts earlier ones before', () => {
  expect(keys(prepended(entries(5, 6), entries(3, 4, 5)))).toEqual([3, 4, 5, 6]);
});

it('takes of what comes only what is looked at', () => {
  const news = [line(1, 'a', 'Apple'), line(2, 'b', 'apple'), line(3, 'a', 'pear')];
  expect(keys(chosenLines({ stepId: 'a', search: '' }, news, 0))).toEqual([1, 3]);
  expect(keys(chosenLines({ stepId: null, search: 'APP' }, news, 0))).toEqual([1, 2]);
});

it('says where lines were left out', () => {
  const [gap, first] = chosenLines({ stepId: null, search: '' }, [line(900)], 880);
  expect(gap).toMatchObject({ stream: 'gap', text: '880 lines left out here' });
  expect(gap?.key).toBeLessThan(first?.key ?? 0);
});
