import type { JobPage } from '../../../../shared/jobs/job.ts';
import { isUnderWay } from '../../../../shared/jobs/job-state.ts';
import { formatDateTime } from '../../../ui/formatting.ts';
import { isolated } from '../../../ui/isolate.ts';
import { ProgressBar } from '../job-state.tsx';
import { byWord, jobDuration, kindWord } from '../job-words.ts';
import { useNow } from '../use-now.ts';
import classes from './job-page.module.css';
import { isActive, nextStep } from './job-place.ts';

/** How far it came, how long that took, what is done now and what comes next. */
export function JobSummaryLine({ page }: { readonly page: JobPage }) {
  const moving = isUnderWay(page.state);
  const took = jobDuration(page, useNow(moving));
  return (
    <div className={classes.summary}>
      <ProgressBar label={`Phases of ${isolated(page.title)}`} progress={page.steps} />
      {took !== null && <span>{moving ? `for ${took}` : `took ${took}`}</span>}
      {moving && <NowAndNext page={page} />}
      <span className={classes.origin}>
        {kindWord(page.kind)}, begun {byWord(page.by)} by <bdi>{page.who}</bdi>,{' '}
        {formatDateTime(page.createdAt)}
      </span>
    </div>
  );
}

function NowAndNext({ page }: { readonly page: JobPage }) {
  const { lanes } = page;
  const running = lanes.flatMap((lane) => lane.steps.filter(isActive));
  const [first] = running;
  // With several machines each goes its own way: the table of contents tells of them.
  const [only] = lanes;
  const next = lanes.length === 1 && only !== undefined ? nextStep(only) : undefined;
  if (running.length > 1) {
    return <span>{`${running.length.toLocaleString('en')} machines at work`}</span>;
  }
  return (
    <>
      {first && (
        <span>
          now <bdi className={classes.strong}>{first.plan.title}</bdi>
        </span>
      )}
      {next && (
        <span>
          next <bdi className={classes.strong}>{next.plan.title}</bdi>
        </span>
      )}
    </>
  );
}
