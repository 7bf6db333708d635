import { IconEyeOff, IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { KindStanding } from '../../../../shared/cluster/standing.ts';
import { Ago } from '../../../ui/ago.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Callout, ErrorState } from '../../../ui/error-state.tsx';
import { isolated } from '../../../ui/isolate.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import classes from '../cluster.module.css';
import { sentence } from '../status-look.ts';

interface StandingViewProps {
  readonly standing: KindStanding;
  /** What is listed, within a sentence: `pods`. */
  readonly what: string;
  /** Whose list it is, to begin a sentence. */
  readonly who?: string;
  readonly onRetry: () => void;
  readonly children: ReactNode;
}

/** A list as up to date as it is: what was heard last stays, greyed, with its age and why. */
export function StandingView(props: StandingViewProps) {
  const { standing, what, who = 'The cluster', onRetry, children } = props;
  switch (standing.state) {
    case 'live':
      return children;
    case 'loading':
      return standing.held > 0 ? (
        <>
          <p className={classes.standing} role="status">
            {`Still reading: ${standing.held.toLocaleString('en')} so far.`}
          </p>
          {children}
        </>
      ) : (
        <Skeleton label={`Reading ${what}`} lines={10} />
      );
    case 'stale':
      return (
        <>
          <StaleNote standing={standing} who={who} />
          <div className={classes.stale}>{children}</div>
        </>
      );
    case 'failed':
      return (
        <ErrorState
          error={{ code: standing.code, message: sentence(standing.why), hint: standing.hint }}
          onRetry={onRetry}
        />
      );
    case 'refused':
      return (
        <EmptyState icon={IconLock} title={`You may not see ${isolated(what)} here`}>
          <bdi>{sentence(standing.why)}</bdi> Ask whoever runs the cluster for the right to list and
          watch them, or choose a namespace in which you have it.
        </EmptyState>
      );
    case 'absent':
      return (
        <EmptyState icon={IconEyeOff} title={`This cluster has no ${isolated(what)}`}>
          Its API does not know this kind.
        </EmptyState>
      );
  }
}

/** What is shown is old: since when, and why. */
export function StaleNote({
  standing,
  who = 'The cluster',
}: {
  readonly standing: Extract<KindStanding, { state: 'stale' }>;
  readonly who?: string;
}) {
  return (
    <div className={classes.staleNote}>
      <Callout tone="warn" title={`${who} does not answer; this is how it stood last.`}>
        Heard last <Ago at={standing.at} />. <bdi>{sentence(standing.why)}</bdi> It is tried again
        by itself.
      </Callout>
    </div>
  );
}
