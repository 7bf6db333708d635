import { expect, it } from 'vitest';
import { reportBlocks, reportMarkdown } from './report.ts';
import type { ReportData, ReportMachine } from './report-data.ts';

const check = (status: 'pass' | 'fail' | 'warn', title: string, accepted = false) => ({
  check: 'onboarding.x',
  part: '',
  group: 'Kernel',
  title,
  status,
  found: `It ${status}s.`,
  fix: null,
  accepted,
});
const machine: ReportMachine = {
  name: 'pi-1',
  address: 'ops@10.0.0.11',
  role: 'edge',
  place: 'Rack A, unit 2',
  addresses: ['10.0.0.11/24'],
  says: 'Nothing is like it.',
  facts: null,
  checks: [check('pass', 'Cores'), check('warn', 'Swap', true), check('fail', 'Memory cgroup')],
  steps: [
    {
      title: 'Call it pi-1',
      state: { state: 'done', at: 2, startedAt: 1, found: 'x' },
      lasting: null,
    },
    { title: 'Load br_netfilter', state: { state: 'skipped', at: 1, found: 'x' }, lasting: null },
    { title: 'Restart it', state: { state: 'begun', at: 1 }, lasting: 'It cannot be taken back.' },
  ],
};
const data: ReportData = { jobId: 'j1', who: 'ada', at: 0, machines: [machine] };
const markdown = (more: Partial<ReportMachine> = {}, job: Partial<ReportData> = {}) =>
  reportMarkdown(reportBlocks({ ...data, ...job, machines: [{ ...machine, ...more }] }));

it('says what it is, what was found, what was changed, how to undo it, who and when', () => {
  expect(markdown()).toMatchSnapshot();
});

it('tells nothing of steps that changed nothing, and offers no undo where nothing was done', () => {
  expect(markdown()).not.toContain('br_netfilter');
  const text = markdown({ steps: [] }, { jobId: null });
  expect(text).toContain('Nothing was changed.');
  expect(text).not.toContain('rackhelm job');
});

it('takes what a machine says for text, whatever it holds', () => {
  const text = markdown({
    name: '<script>*x*</script>',
    says: '[a](javascript:x)\n# heading\u001b[31m \u202e',
  });
  expect(text).toContain('# Onboarding of \\<script\\>\\*x\\*\\</script\\>');
  expect(text).toContain('\\[a\\](javascript:x) \\# heading');
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
});

it('stays one page of a machine with hundreds of failures, and says what it leaves out', () => {
  const checks = Array.from({ length: 300 }, (_, at) => check('fail', `Check ${at}`));
  const text = markdown({ checks });
  expect(text.split('\n').length).toBeLessThan(70);
  expect(text).toContain('And 276 more.');
});
