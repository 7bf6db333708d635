import { expect, it } from 'vitest';
import { afterEvent } from './after-event.ts';
import type { JobPage, JobStep } from './job.ts';

const step = (id: string): JobStep => ({
  id,
  lane: 'pi',
  position: 0,
  state: { state: 'pending' },
  progress: null,
  lines: 0,
  plan: {
    phase: 'hostname',
    title: 'Name it pi-1',
    params: {},
    probed: { standing: 'absent', found: 'It is called debian.', evidence: [] },
    items: [],
    lasting: null,
  },
});
const page: JobPage = {
  id: 'job',
  kind: 'onboarding',
  title: 'Onboard pi-1',
  state: { state: 'queued' },
  createdAt: 1,
  who: 'ada',
  by: 'window',
  devices: [],
  deviceCount: 0,
  steps: { done: 0, total: 2 },
  progress: null,
  undoable: false,
  lastLine: null,
  lanes: [{ lane: 'pi', title: 'pi', deviceId: null, after: [], steps: [step('a'), step('b')] }],
  questions: [],
  report: null,
};

it('puts what moved into the page, and keeps plans and what did not', () => {
  const { lanes: _, questions: __, report: ___, ...summary } = page;
  const { plan, ...moved } = { ...step('b'), state: { state: 'begun', at: 5 } as const, lines: 3 };
  const after = afterEvent(page, {
    type: 'moved',
    job: { ...summary, state: { state: 'running', startedAt: 2 } },
    steps: [moved],
    questions: [],
    report: 'done',
  });
  expect(after?.state).toEqual({ state: 'running', startedAt: 2 });
  expect(after?.report).toBe('done');
  expect(after?.lanes[0]?.steps[0]).toBe(page.lanes[0]?.steps[0]);
  expect(after?.lanes[0]?.steps[1]).toEqual({ ...moved, plan });
});

it('knows nothing before the first page, and counts what a step has done', () => {
  const progress = { type: 'progress', stepId: 'a', done: 3, total: 9 } as const;
  expect(afterEvent(null, progress)).toBeNull();
  expect(afterEvent(page, progress)?.lanes[0]?.steps[0]?.progress).toEqual({ done: 3, total: 9 });
  expect(afterEvent(page, { type: 'lines', lines: [], skipped: 0 })).toBe(page);
});
