import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { PageBody, PageHeader } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Gaps, ReadAgain, ReadAt } from '../drift/reading-note.tsx';
import { Losses } from './losses.tsx';
import classes from './questions.module.css';
import { Architectures, Classes, PlacedOnes, ThinOnes } from './workload-answers.tsx';

/** What an owner of a rack asks of a cluster, on one page. */
export function QuestionsScreen({ context }: { readonly context: string }) {
  const resource = useApp().cluster.drift.questions(context);
  const state = useResource(resource);
  const answered = state.status === 'ready' ? state.data : null;
  return (
    <>
      <PageHeader
        title="Questions"
        note={answered && <ReadAt at={answered.readAt} />}
        actions={<ReadAgain context={context} />}
      />
      {state.status === 'loading' && (
        <Skeleton label="Reading the cluster and trying what would happen" lines={10} />
      )}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
      )}
      {answered !== null && (
        <>
          <Gaps gaps={answered.gaps} />
          <PageBody>
            <div className={classes.page}>
              <Classes answers={answered.answers} />
              <Losses context={context} losses={answered.answers.losses} />
              <ThinOnes context={context} answers={answered.answers} />
              <Architectures context={context} answers={answered.answers} />
              <PlacedOnes context={context} answers={answered.answers} />
            </div>
          </PageBody>
        </>
      )}
    </>
  );
}
