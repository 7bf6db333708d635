import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { JobSummary } from '../../../../shared/jobs/job.ts';
import { isUnderWay } from '../../../../shared/jobs/job-state.ts';
import { useAction } from '../../../app/actions/use-action.ts';
import { useApp } from '../../../app/app-context.ts';
import { formatRoute } from '../../../app/routes.ts';
import { Ago } from '../../../ui/ago.tsx';
import { isolated } from '../../../ui/isolate.ts';
import { SidePane } from '../../../ui/split-pane.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { TerminalsPanel } from '../../terminals/terminals-panel.tsx';
import { JobStateBadge, ProgressBar } from '../job-state.tsx';
import { jobDuration, jobLooks, timesOf, wantsPerson } from '../job-words.ts';
import { useNow } from '../use-now.ts';
import classes from './dock.module.css';
import { foremost, shownRecent } from './recent-jobs.ts';

/** What runs now and what ran: one line while closed, the list when open. */
export function Dock() {
  const { jobs, connection, layout, router } = useApp();
  const answers = useStore(connection.store, ({ status }) => status === 'open');
  const list = shownRecent(useStore(jobs.recent));
  const { dock, docked } = useStore(layout.store);
  const open = dock && docked === 'jobs';
  // A screen is in one place alone.
  const asPage = useStore(router.store, ({ screen }) => screen === 'terminals');
  const clear = useAction('clear-jobs');
  const Chevron = open ? IconChevronDown : IconChevronUp;
  const first = foremost(list);
  const told = useTold(first, open);
  const running = list.filter((job) => isUnderWay(job.state) && !wantsPerson(job)).length;
  const wanting = list.filter(wantsPerson).length;
  return (
    <>
      {open && (
        <SidePane
          label="Jobs"
          side="bottom"
          storageKey="rackhelm-dock-height"
          initial={208}
          min={112}
          max={480}
        >
          <RecentJobList list={list} answers={answers} />
        </SidePane>
      )}
      {dock && docked === 'terminals' && !asPage && (
        <SidePane
          label="Terminals"
          side="bottom"
          storageKey="rackhelm-terminals-height"
          initial={320}
          min={160}
          max={900}
        >
          <TerminalsPanel />
        </SidePane>
      )}
      <footer className={classes.strip}>
        <button
          type="button"
          className={classes.toggle}
          aria-expanded={open}
          onClick={() => layout.toggleDock('jobs')}
        >
          <Chevron aria-hidden className={classes.icon} />
          Jobs
          {running > 0 && <span className={classes.busy}>{running} running</span>}
          {wanting > 0 && (
            <span className={classes.waiting}>
              {wanting === 1 ? '1 waits for you' : `${wanting} wait for you`}
            </span>
          )}
        </button>
        {!asPage && <TerminalsToggle open={dock && docked === 'terminals'} />}
        {told && !open && <Told job={told} answers={answers} />}
        {clear.status.enabled && (open || told?.state.state === 'failed') && (
          <button type="button" className={classes.clear} onClick={clear.action.run}>
            Clear finished
          </button>
        )}
      </footer>
    </>
  );
}

function TerminalsToggle({ open }: { readonly open: boolean }) {
  const { layout, terminals } = useApp();
  const count = useStore(terminals.store, ({ panes }) => panes.length);
  const Chevron = open ? IconChevronDown : IconChevronUp;
  return (
    <button
      type="button"
      className={classes.toggle}
      aria-expanded={open}
      onClick={() => layout.toggleDock('terminals')}
    >
      <Chevron aria-hidden className={classes.icon} />
      Terminals
      {count > 0 && <span className={classes.busy}>{count.toLocaleString('en')}</span>}
    </button>
  );
}

function Told({ job, answers }: { readonly job: JobSummary; readonly answers: boolean }) {
  return (
    <>
      <span className={classes.newest} role="status">
        <ShownState job={job} answers={answers} />
        <JobLink className={classes.newestText} job={job} />
        {job.lastLine !== null && (
          <span className={classes.lastLine} aria-hidden>
            <bdi>{job.lastLine}</bdi>
          </span>
        )}
      </span>
      {/* Not a part of the status: each step would be read out. */}
      {answers && <JobProgress job={job} />}
    </>
  );
}

interface JobLinkProps {
  readonly job: JobSummary;
  readonly className: string | undefined;
}

function JobLink({ job, className }: JobLinkProps) {
  const title = <bdi>{job.title}</bdi>;
  return (
    <a className={className} href={formatRoute({ screen: 'job', id: job.id })}>
      {title}
    </a>
  );
}

/** So long a line tells that something ended well. */
const toldMs = 10_000;

/** What the closed bar tells of: what runs or waits, what failed, and for a while what ended well. */
function useTold(job: JobSummary | undefined, open: boolean): JobSummary | undefined {
  const [seen, setSeen] = useState<string | null>(null);
  const endedAt = job === undefined ? null : timesOf(job).endedAt;
  const key = job === undefined || endedAt === null ? null : `${job.id} ${endedAt}`;
  const stays = job !== undefined && (wantsPerson(job) || job.state.state === 'failed');
  useEffect(() => {
    if (key === null || endedAt === null) return;
    // Whoever opened the list has seen it.
    if (open) setSeen(key);
    if (open || stays) return;
    const left = Math.max(0, endedAt + toldMs - Date.now());
    const timer = setTimeout(() => setSeen(key), left);
    return () => clearTimeout(timer);
  }, [key, endedAt, open, stays]);
  return key !== null && seen === key && !(job && wantsPerson(job)) ? undefined : job;
}

/** While nothing answers, what ran when it last did may have ended, or the host with it. */
function ShownState({ job, answers }: { readonly job: JobSummary; readonly answers: boolean }) {
  if (answers || !isUnderWay(job.state)) return <JobStateBadge state={job.state} />;
  return (
    <StatusBadge tone="neutral" icon={jobLooks.asking.icon} plain>
      Unknown
    </StatusBadge>
  );
}

/** How far it has come, and the way to end it. */
function JobProgress({ job }: { readonly job: JobSummary }) {
  const { jobs } = useApp();
  if (!isUnderWay(job.state)) return null;
  return (
    <span className={classes.progress}>
      <ProgressBar
        label={`Progress of ${isolated(job.title)}`}
        progress={job.steps.total === 1 && job.progress !== null ? job.progress : job.steps}
      />
      {job.state.state !== 'undoing' && (
        <button
          type="button"
          className={classes.cancel}
          aria-label={`Cancel: ${isolated(job.title)}`}
          onClick={() => void jobs.move(job.id, 'cancel')}
        >
          Cancel
        </button>
      )}
    </span>
  );
}

interface RecentJobListProps {
  readonly list: readonly JobSummary[];
  readonly answers: boolean;
}

export function RecentJobList({ list, answers }: RecentJobListProps) {
  const counting = list.some(({ state }) => isUnderWay(state));
  const now = useNow(counting && answers);
  if (list.length === 0) {
    return (
      <p className={classes.empty}>
        Nothing to show. What Rackhelm does on your machines shows here while it runs and after.
      </p>
    );
  }
  return (
    // Scrolls, so it must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is focusable on purpose
    <section className={classes.scroll} tabIndex={0} aria-label="Recent jobs">
      <ul>
        {list.map((job) => (
          <li key={job.id} className={classes.entry}>
            <span className={classes.state}>
              <ShownState job={job} answers={answers} />
            </span>
            <span className={classes.words}>
              <JobLink className={classes.title} job={job} />
              {job.lastLine !== null && (
                <span className={classes.lastLine}>
                  <bdi>{job.lastLine}</bdi>
                </span>
              )}
            </span>
            {answers && <JobProgress job={job} />}
            <span className={classes.took}>{jobDuration(job, now)}</span>
            <span className={classes.when}>
              <Ago at={job.createdAt} short />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
