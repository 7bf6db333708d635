import { useStore } from 'zustand';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/error-state.tsx';
import { JobQuestions } from '../../jobs/page/job-question.tsx';
import classes from './contexts.module.css';

/** How fetching a kubeconfig from a machine goes on, and what it asks. */
export function NodeFetch({ nameOf }: { readonly nameOf: (deviceId: string) => string }) {
  const { cluster } = useApp();
  const { fetching, answer, leaveNode } = cluster.contexts;
  const now = useStore(fetching, (state) => state.now);
  if (now === null) return null;
  return (
    <div className={classes.fetching}>
      <p role="status">{now.failure === null && (now.steps.at(-1) ?? 'Connecting …')}</p>
      <JobQuestions
        questions={now.question === null ? [] : [now.question]}
        nameOf={nameOf}
        takesFocus
        onAnswer={(_, given) => void answer(given)}
      />
      {now.failure !== null && (
        <Callout tone="danger" title={now.failure.message}>
          {now.failure.hint}
        </Callout>
      )}
      <Button onClick={leaveNode}>{now.failure === null ? 'Cancel' : 'Close'}</Button>
    </div>
  );
}
