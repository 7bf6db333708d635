import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ClusterAction } from '../../../../shared/cluster/actions/action.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { ActForm } from './act-form.tsx';
import { titleOf, verbWords } from './act-words.ts';
import classes from './acting.module.css';
import { EntryList, OneEntry } from './entry-views.tsx';
import { useActed } from './use-acted.ts';

interface ActDialogProps {
  readonly contextId: string;
  /** The same verb for each of some objects. */
  readonly actions: readonly ClusterAction[];
  /** Of the pod that it is about. */
  readonly containers: readonly string[];
  readonly onClose: () => void;
}

/** While somebody types a number, what it comes to is not asked for each digit. */
const typingMs = 300;

/** Looks up what it would come to, and again whenever it becomes something else. */
function useLooks(
  contextId: string,
  first: readonly ClusterAction[],
  actions: readonly ClusterAction[] | null,
): void {
  const { acting } = useApp().cluster;
  useEffect(() => acting.leave, [acting]);
  useEffect(() => {
    if (actions === null) return;
    const wait = actions === first ? 0 : typingMs;
    const timer = setTimeout(() => void acting.look(contextId, actions), wait);
    return () => clearTimeout(timer);
  }, [acting, contextId, actions, first]);
}

/** What an action would come to, by the API's own word, before it is done. */
export function ActDialog({ contextId, actions: first, containers, onClose }: ActDialogProps) {
  const { acting } = useApp().cluster;
  const { entries, state } = useStore(acting.store);
  /** Null: what was typed is not whole yet. */
  const [actions, setActions] = useState<readonly ClusterAction[] | null>(first);
  useLooks(contextId, first, actions);
  const [one] = first;
  const [only, other] = entries;
  const isEdit = one?.do === 'edit';
  const form = (
    <ActForm first={first} containers={containers} entries={entries} onChange={setActions} />
  );
  return (
    <Dialog
      title={titleOf(first)}
      size="lg"
      onClose={onClose}
      keepOpen={state === 'running'}
      footer={one && <ActFoot contextId={contextId} one={one} shown={actions} onClose={onClose} />}
    >
      <div className={classes.parts}>
        {!isEdit && form}
        {only === undefined && <Skeleton label="Looking up what would be done" lines={4} />}
        {only !== undefined && other === undefined && (
          <OneEntry entry={only} onAgain={() => void acting.look(contextId, actions ?? first)} />
        )}
        {other !== undefined && <EntryList entries={entries} />}
        {/* It is about what was found. */}
        {isEdit && form}
      </div>
    </Dialog>
  );
}

interface ActFootProps {
  readonly contextId: string;
  readonly one: ClusterAction;
  /** What is to be seen; null: it is not whole. */
  readonly shown: readonly ClusterAction[] | null;
  readonly onClose: () => void;
}

/** It can be done as soon as what is shown is what was looked up. */
function ActFoot({ contextId, one, shown, onClose }: ActFootProps) {
  const { acting } = useApp().cluster;
  const { entries, state } = useStore(acting.store);
  const onDone = useActed(contextId, onClose);
  const current = shown !== null && entries[0]?.action === shown[0];
  const held = entries.some(({ preview }) => preview !== null && preview.conflicts.length > 0);
  const left = entries.some(({ preview, done }) => preview !== null && done === null);
  const ready = current && state === 'looked' && left && !held;
  const ended = entries.length > 0 && entries.every(({ done }) => done !== null);

  async function run(): Promise<void> {
    const results = await acting.run(contextId);
    if (results !== null) onDone(one, results);
  }

  return (
    <>
      <Button onClick={onClose} autoFocus={one.do === 'delete'}>
        {ended ? 'Close' : 'Cancel'}
      </Button>
      {!ended && (
        <Button
          tone={one.do === 'delete' ? 'danger' : 'primary'}
          busy={state === 'running'}
          disabled={!ready && state !== 'running'}
          onClick={() => void run()}
        >
          {verbWords[one.do].verb}
        </Button>
      )}
    </>
  );
}
