import {
  type Icon,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChevronRight,
  IconFileImport,
  IconHistory,
  IconPencil,
  IconRadar2,
  IconTerminal2,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { ChangeSet } from '../../../shared/model/history.ts';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useAction } from '../../app/actions/use-action.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Callout, ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { PageBody, PageHeader } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { ChangeList } from './change-list.tsx';
import classes from './history.module.css';

const sources: Readonly<Record<ChangeSet['source'], { label: string; icon: Icon }>> = {
  app: { label: 'In the app', icon: IconPencil },
  cli: { label: 'On the command line', icon: IconTerminal2 },
  import: { label: 'Import', icon: IconFileImport },
  facts: { label: 'Facts', icon: IconRadar2 },
  undo: { label: 'Undo', icon: IconArrowBackUp },
  redo: { label: 'Redo', icon: IconArrowForwardUp },
};

/** Who changed what and when; anything can be taken back, also after a restart. */
export function HistoryScreen() {
  const { history } = useApp();
  const state = useResource(history.list);
  const conflict = useStore(history.conflict, ({ failure }) => failure);
  return (
    <>
      <PageHeader
        title="History"
        note="Every change, newest first"
        actions={
          <>
            <ActionButton id="undo" />
            <ActionButton id="redo" />
          </>
        }
      />
      <NextSteps newest={state.status === 'ready' ? state.data[0] : undefined} />
      {conflict && (
        <div className={classes.conflict}>
          <Callout
            tone="warn"
            title={conflict.message}
            actions={
              <Button onClick={() => history.conflict.setState({ failure: null })}>Close</Button>
            }
          >
            {conflict.hint} Nothing was changed.
          </Callout>
        </div>
      )}
      {state.status === 'loading' && <Skeleton label="Reading the history" lines={8} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void history.list.reload()} />
      )}
      {state.status === 'ready' && state.data.length === 0 && (
        <EmptyState icon={IconHistory} title="Nothing has changed yet">
          Every change to the inventory is kept here, and can be taken back.
        </EmptyState>
      )}
      {state.status === 'ready' && state.data.length > 0 && (
        <PageBody>
          <ol aria-label="Changes">
            {state.data.map((set) => (
              <HistoryEntry key={set.id} set={set} />
            ))}
          </ol>
          {history.hasMore(state.data) && (
            <div className={classes.more}>
              <Button onClick={() => void history.readMore()}>Show older changes</Button>
            </div>
          )}
        </PageBody>
      )}
    </>
  );
}

/** What Undo and Redo would do now, in words. */
function NextSteps({ newest }: { readonly newest: ChangeSet | undefined }) {
  const undo = useAction('undo').status.detail;
  const redo = useAction('redo').status.detail;
  if (undo === null && redo === null && newest?.source !== 'facts') return null;
  return (
    <p className={classes.next}>
      {undo !== null && (
        <span>
          Undo takes back{' '}
          <strong>
            <bdi>{undo}</bdi>
          </strong>
        </span>
      )}
      {newest?.source === 'facts' && <span>Undo passes over readings of facts</span>}
      {redo !== null && (
        <span>
          Redo brings back{' '}
          <strong>
            <bdi>{redo}</bdi>
          </strong>
        </span>
      )}
    </p>
  );
}

function HistoryEntry({ set }: { readonly set: ChangeSet }) {
  const [open, setOpen] = useState(false);
  const { label, icon: IconShape } = sources[set.source];
  const undone = set.state === 'undone';
  return (
    <li className={classes.entry}>
      <button
        type="button"
        className={classes.head}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight aria-hidden className={classes.chevron} data-open={open || undefined} />
        <IconShape aria-hidden className={classes.source} />
        <span className={classes.title} data-undone={undone || undefined}>
          <bdi>{set.title}</bdi>
        </span>
        {undone && (
          <StatusBadge tone="neutral" icon={IconArrowBackUp}>
            Undone
          </StatusBadge>
        )}
        <span className={classes.meta}>{formatCount(set.changeCount, 'change')}</span>
        <span className={classes.meta}>{label}</span>
        <span className={classes.meta}>
          <bdi>{set.who}</bdi>
        </span>
        <span className={classes.when}>
          <Ago at={set.at} />
        </span>
      </button>
      {open && <ChangeList id={set.id} />}
    </li>
  );
}
