import type { JobPage } from '../../../../shared/jobs/job.ts';
import type { Draft, KeptCheck } from '../../../../shared/onboarding/draft.ts';
import { reportBlocks, reportMarkdown } from '../../../../shared/onboarding/report.ts';
import type { ReportBlock, ReportMachine } from '../../../../shared/onboarding/report-data.ts';
import { threadEntry, WorkerThread } from '../../worker/index.ts';
import {
  type MachineInput,
  type OnboardingInput,
  onboardingInput,
} from '../jobs/onboarding-input.ts';
import type { Drawn } from './draw-report.ts';
import type { ReportAsks } from './report-thread.ts';

const thread = new WorkerThread<ReportAsks>({
  entry: threadEntry(import.meta.url, 'report-thread'),
  task: 'Drawing the report',
});

export interface ReportSource {
  readonly job: JobPage;
  /** As the job was started with it. */
  readonly input: unknown;
  /** The newest results of a device. */
  readonly checksOf: (deviceId: string) => readonly KeptCheck[];
  readonly at: number;
}

/** The report of a job, of all its machines or of one lane. */
export function blocksOfJob(
  { job, input, checksOf, at }: ReportSource,
  only?: string,
): ReportBlock[] {
  const { machines } = onboardingInput.parse(input);
  const pages = job.lanes.flatMap(({ lane, steps }): ReportMachine[] => {
    const machine = machines[lane];
    if (machine === undefined || (only !== undefined && only !== lane)) return [];
    return [
      {
        ...pageBase(machine),
        checks: checksOf(machine.deviceId),
        // Keeping the report is no change of the machine.
        steps: steps
          .filter(({ plan }) => plan.phase !== 'record-report')
          .map(({ plan, state }) => ({ title: plan.title, state, lasting: plan.lasting })),
      },
    ];
  });
  return reportBlocks({ jobId: job.id, who: job.who, at, machines: pages });
}

/** The same of a draft that was not carried out: nothing was changed yet. */
export function draftBlocks({
  draft,
  input,
  checksOf,
  at,
}: Pick<ReportSource, 'checksOf' | 'at'> & {
  readonly draft: Draft;
  readonly input: OnboardingInput;
}): ReportBlock[] {
  const machines = Object.values(input.machines).map((machine) => ({
    ...pageBase(machine),
    checks: checksOf(machine.deviceId),
    steps: [],
  }));
  return reportBlocks({ jobId: null, who: draft.who, at, machines });
}

function pageBase({ name, about }: MachineInput): Omit<ReportMachine, 'checks' | 'steps'> {
  return { name, ...about };
}

export const markdownOf = reportMarkdown;

/** On a thread. */
export function pdfOf(
  blocks: readonly ReportBlock[],
  { font, title, at }: { readonly font: Uint8Array; readonly title: string; readonly at: number },
): Promise<Drawn> {
  const signal = new AbortController().signal;
  return thread.run('draw', { blocks, font, title, at }, { signal, onPart: () => {} });
}
