import { IconArrowBackUp, IconHistoryOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { RolledKind } from '../../../../shared/cluster/actions/action.ts';
import type { Revision } from '../../../../shared/cluster/actions/preview.ts';
import type { ObjectPage } from '../../../../shared/cluster/object-page.ts';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Ago } from '../../../ui/ago.tsx';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { isolatedList } from '../../../ui/isolate.ts';
import { DiffView } from '../../../ui/plan-preview/diff-view.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { TextView } from '../../../ui/text-view.tsx';
import type { ObjectTabProps } from '../object/object-tab-props.ts';
import classes from './revisions.module.css';

/** What a workload was, and back to one of those. */
export function RevisionsTab({ context, page }: ObjectTabProps) {
  const { acting } = useApp().cluster;
  const { kind, row, one } = page;
  const resource = acting.revisions(context, { kind, namespace: row.namespace, name: row.name });
  const state = useResource(resource);
  const { updated } = row.cells;
  // A roll-out makes a new one, or an old one the current one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are why, not what with
  useEffect(() => void resource.reload(), [resource, row.status.label, updated]);
  if (state.status === 'loading')
    return <Skeleton label={`Reading what the ${one} was`} lines={6} />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  if (state.data.length === 0) {
    return (
      <EmptyState icon={IconHistoryOff} title="No revision is kept yet">
        {`The cluster keeps one each time the pods of the ${one} change.`}
      </EmptyState>
    );
  }
  return <Revisions context={context} page={page} revisions={state.data} />;
}

interface RevisionsProps {
  readonly context: string;
  readonly page: ObjectPage;
  readonly revisions: readonly Revision[];
}

function Revisions({ context, page, revisions }: RevisionsProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  const current = revisions.find((each) => each.current) ?? null;
  // The one before is what people go back to.
  const usual = revisions.find((each) => !each.current) ?? revisions[0];
  const shown = revisions.find((each) => each.revision === chosen) ?? usual;
  return (
    <div className={classes.columns}>
      <ul className={classes.list} aria-label="Revisions" data-scrolls>
        {revisions.map((each) => (
          <li key={each.revision}>
            <button
              type="button"
              className={classes.item}
              aria-current={each === shown}
              onClick={() => setChosen(each.revision)}
            >
              <span className={classes.head}>
                <strong>{`Revision ${each.revision}`}</strong>
                {each.current && <span className={classes.now}>now</span>}
                <span className={classes.since}>
                  {each.at !== null && <Ago at={each.at} short />}
                </span>
              </span>
              <bdi className={classes.images}>{isolatedList(each.images)}</bdi>
              {each.cause !== null && <bdi className={classes.cause}>{each.cause}</bdi>}
            </button>
          </li>
        ))}
      </ul>
      {shown && (
        <OneRevision
          key={shown.revision}
          context={context}
          page={page}
          shown={shown}
          current={current}
        />
      )}
    </div>
  );
}

interface OneRevisionProps {
  readonly context: string;
  readonly page: ObjectPage;
  readonly shown: Revision;
  readonly current: Revision | null;
}

function OneRevision({ context, page, shown, current }: OneRevisionProps) {
  const { dialogs } = useApp();
  const { kind, row, one, gone, standing } = page;
  const rolled = rolledKind(kind);
  const { namespace, name } = row;
  const { revision } = shown;
  const roll = () => {
    if (rolled === null || namespace === null) return;
    const action = { do: 'roll-back', kind: rolled, namespace, name, revision } as const;
    dialogs.setState(
      { kind: 'cluster-act', contextId: context, actions: [action], containers: [] },
      true,
    );
  };
  const isAlone = current?.revision === revision;
  return (
    <section className={classes.shown} aria-label={`Revision ${revision}`}>
      <header className={classes.shownHead}>
        <h2 className={classes.shownTitle}>
          {isAlone
            ? `How the pods of the ${one} are made now`
            : `What going back to revision ${revision} changes`}
        </h2>
        {!isAlone && (
          <Button
            tone="primary"
            icon={IconArrowBackUp}
            disabled={gone || standing.state !== 'live'}
            onClick={roll}
          >
            {`Roll back to ${revision}`}
          </Button>
        )}
      </header>
      {!isAlone && (
        <DiffView
          label={`revision ${revision}`}
          before={current?.template ?? null}
          after={shown.template}
        />
      )}
      {isAlone && <TextView label={`Template of revision ${revision}`} text={shown.template} />}
    </section>
  );
}

const rolledKinds: readonly RolledKind[] = [
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
];

function rolledKind(kind: string): RolledKind | null {
  return rolledKinds.find((each) => each === kind) ?? null;
}
