import { useApp } from '../../../app/app-context.ts';
import { formatRoute } from '../../../app/routes.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Ago } from '../../../ui/ago.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { JobStateBadge } from '../job-state.tsx';
import { kindWord } from '../job-words.ts';
import { everyJob, formatJobFilter } from './job-filter.ts';
import classes from './jobs.module.css';

/** The newest jobs on one device; the list of all has the rest. */
export function JobsOfDevice({ id }: { readonly id: string }) {
  const resource = useApp().jobs.of(id);
  const state = useResource(resource);
  const query = formatJobFilter({ ...everyJob, deviceId: id });
  const more = state.status === 'ready' ? state.data.total - state.data.rows.length : 0;
  return (
    <Section
      title="Jobs"
      note={
        more > 0 && (
          <a href={formatRoute({ screen: 'jobs', query })}>
            {`All ${(state.status === 'ready' ? state.data.total : 0).toLocaleString('en')}`}
          </a>
        )
      }
    >
      {state.status === 'loading' && <Skeleton label="Reading the jobs" lines={3} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
      )}
      {state.status === 'ready' && state.data.rows.length === 0 && (
        <p className={classes.none}>No job has run on this device.</p>
      )}
      {state.status === 'ready' && state.data.rows.length > 0 && (
        <ul className={classes.list}>
          {state.data.rows.map((job) => (
            <li key={job.id} className={classes.row}>
              <span className={classes.rowState}>
                <JobStateBadge state={job.state} />
              </span>
              <a className={classes.rowTitle} href={formatRoute({ screen: 'job', id: job.id })}>
                <bdi>{job.title}</bdi>
              </a>
              <span className={classes.rowWhen}>{kindWord(job.kind)}</span>
              <span className={classes.rowWhen}>
                <Ago at={job.createdAt} short />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
