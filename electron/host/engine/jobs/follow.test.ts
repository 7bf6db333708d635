import { expect, it } from 'vitest';
import { jobsBed } from './trial/jobs-bed.ts';

const bed = jobsBed();

it('tells who follows it each state and line, and ends with it', async () => {
  bed.work.onDeed = async (deed, { log, progress }) => {
    if (deed !== 'apply a') return;
    for (let n = 0; n < 2_000; n += 1) log(`line ${n}`, 'out');
    progress(2, 3);
  };
  const id = await bed.start({ pi: ['a'] });
  let [lines, skipped] = [0, 0];
  const seen: string[] = [];
  for await (const event of bed.jobs.follow(id)) {
    if (event.type === 'job' || event.type === 'moved') seen.push(event.job.state.state);
    if (event.type !== 'lines') continue;
    lines += event.lines.length;
    skipped += event.skipped;
    expect(event.lines.length).toBeLessThanOrEqual(500);
  }
  expect(seen.at(-1)).toBe('done');
  expect(lines + skipped).toBeGreaterThan(2_000);
  const step = bed.jobs.get(id).lanes[0]?.steps[0];
  expect(step?.lines).toBeGreaterThan(2_000);
});
