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

/** What an action would come to, by the API's own word, before it is done. */
export function ActDialog({ contextId, actions: first, containers, onClose }: ActDialogProps) {
  const { acting } = useApp().cluster;
  const { entries, state } = useStore(acting.store);
  /** Null: what was typed is not whole yet. */
  const [actions, setActions] = useState<readonly ClusterAction[] | null>(first);
  const onDone = useActed(contextId, onClose);
  useEffect(() => acting.leave, [acting]);
  useEffect(() => {
    if (actions === null) return;
    const timer = setTimeout(
      () => void acting.look(contextId, actions),
      actions === first ? 0 : typingMs,
    );
    return () => clearTimeout(timer);
  }, [acting, contextId, actions, first]);
  const [one] = first;
  if (one === undefined) return null;
  const current = actions !== null && entries[0]?.action === actions[0];
  const held = entries.some(({ preview }) => preview !== null && preview.conflicts.length > 0);
  const left = entries.filter(({ preview, done }) => preview !== null && done === null);
  const ready = current && state === 'looked' && left.length > 0 && !held;
  const ended = entries.length > 0 && entries.every(({ done }) => done !== null);

  async function run(): Promise<void> {
    const results = await acting.run(contextId);
    if (one !== undefined && results !== null) onDone(one, results);
  }

  return (
    <Dialog
      title={titleOf(first)}
      size="lg"
      onClose={onClose}
      keepOpen={state === 'running'}
      footer={
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
      }
    >
      <div className={classes.parts}>
        <ActForm first={first} containers={containers} entries={entries} onChange={setActions} />
        {entries.length === 0 && <Skeleton label="Looking up what would be done" lines={4} />}
        {entries.length === 1 && entries[0] && (
          <OneEntry
            entry={entries[0]}
            onAgain={() => void acting.look(contextId, actions ?? first)}
          />
        )}
        {entries.length > 1 && <EntryList entries={entries} />}
      </div>
    </Dialog>
  );
}
