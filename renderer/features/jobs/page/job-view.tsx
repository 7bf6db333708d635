import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import type { JobPage, JobStep } from '../../../../shared/jobs/job.ts';
import { isUnderWay } from '../../../../shared/jobs/job-state.ts';
import type { JobAnswer, StandingQuestion } from '../../../../shared/jobs/question.ts';
import type { RunbookFormat } from '../../../../shared/jobs/runbook.ts';
import { Callout } from '../../../ui/error-state.tsx';
import { type PlanOutcome, PlanPreview } from '../../../ui/plan-preview/plan-preview.tsx';
import { stepLook } from '../job-words.ts';
import { JobContents } from './job-contents.tsx';
import classes from './job-page.module.css';
import { type JobPlace, settledSteps, stepAt } from './job-place.ts';
import { JobQuestions } from './job-question.tsx';
import { JobReport } from './job-report.tsx';
import { JobStepView } from './job-step.tsx';
import { JobSummaryLine } from './job-summary-line.tsx';

export interface JobViewProps {
  readonly page: JobPage;
  readonly place: JobPlace;
  /** `null`: the step that is of interest now; else the id of one, or a view. */
  readonly onShow: (at: string | null) => void;
  readonly onAnswer: (question: StandingQuestion, answer: JobAnswer) => void;
  readonly onResumeFrom: (stepId: string) => void;
  readonly onExport: (format: RunbookFormat) => void;
  readonly renderLog: (step: JobStep | null) => ReactNode;
  readonly renderEvidence: (step: JobStep) => ReactNode;
}

/** A job below its header: what it asks, how far it came, and its phases, plan or report. */
export function JobView(props: JobViewProps) {
  const { page, place, onShow } = props;
  const nameOf = (lane: string) => page.lanes.find((each) => each.lane === lane)?.title ?? lane;
  const tab = place.view === 'plan' || place.view === 'report' ? place.view : 'steps';
  return (
    <div className={classes.job}>
      <JobQuestions questions={page.questions} nameOf={nameOf} onAnswer={props.onAnswer} />
      <JobSummaryLine page={page} />
      <StateNote page={page} />
      <Tabs
        className={classes.views ?? ''}
        value={tab}
        keepMounted={false}
        onChange={(value) => onShow(value === 'steps' ? null : value)}
      >
        <Tabs.List className={classes.viewList ?? ''} aria-label="Parts of the job">
          <Tabs.Tab value="steps">Phases</Tabs.Tab>
          <Tabs.Tab value="plan">Plan</Tabs.Tab>
          {page.report !== null && <Tabs.Tab value="report">Report</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="steps" className={classes.split ?? ''}>
          <Phases {...props} />
        </Tabs.Panel>
        <Tabs.Panel value="plan" className={classes.scrolled ?? ''} data-scrolls>
          <PlanPreview
            lanes={page.lanes.map(({ steps, ...lane }) => ({
              ...lane,
              phases: steps.map(({ plan }) => plan),
            }))}
            onExport={props.onExport}
            outcome={outcomeOf(page)}
          />
        </Tabs.Panel>
        <Tabs.Panel value="report" className={classes.scrolled ?? ''} data-scrolls>
          {page.report !== null && <JobReport id={page.id} report={page.report} />}
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

/** The plan as it was approved, with what became of each phase. */
function outcomeOf({ lanes, state }: JobPage): PlanOutcome {
  const laneOf = (name: string) => lanes.find(({ lane }) => lane === name);
  return {
    lookOf(name, index) {
      const step = laneOf(name)?.steps[index];
      return step && stepLook(step.state, isUnderWay(state));
    },
    textOf(name) {
      const lane = laneOf(name);
      return lane ? `${settledSteps(lane)} of ${lane.steps.length}` : '';
    },
  };
}

function Phases(props: JobViewProps) {
  const { page, place, onShow, onResumeFrom, renderLog, renderEvidence } = props;
  const placed =
    place.view === 'log' ? undefined : stepAt(page, place.view === 'steps' ? place.stepId : null);
  return (
    <>
      <JobContents page={page} shown={placed?.step.id ?? null} onShow={onShow} />
      {placed === undefined ? (
        <section className={classes.stepView} aria-label="Log of the whole job">
          <header className={classes.stepHead}>
            <h2 className={classes.stepName}>Log of the whole job</h2>
          </header>
          {renderLog(null)}
        </section>
      ) : (
        <JobStepView
          key={placed.step.id}
          {...placed}
          jobState={page.state}
          onResumeFrom={onResumeFrom}
          log={renderLog(placed.step)}
          evidence={renderEvidence(placed.step)}
        />
      )}
    </>
  );
}

/** Why it stands still and what helps, where it does. */
function StateNote({ page }: { readonly page: JobPage }) {
  const { state } = page;
  if (isUnderWay(state)) return null;
  if (state.state === 'waiting') {
    return (
      <Note title="It ran without anybody to ask, and needs you.">
        {`${state.needs} Go on with it here, and answer what it asks.`}
      </Note>
    );
  }
  if (state.state === 'interrupted') {
    return (
      <Note title="Rackhelm ended in the middle of it.">
        Going on looks first at how each machine stands now; nothing is done twice.
      </Note>
    );
  }
  return null;
}

function Note({ title, children }: { readonly title: string; readonly children: string }) {
  return (
    <div className={classes.note}>
      <Callout tone="warn" title={title}>
        {children}
      </Callout>
    </div>
  );
}
