import { useId, useState } from 'react';
import { useStore } from 'zustand';
import { mostYaml } from '../../../../shared/cluster/actions/action.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { Callout } from '../../../ui/error-state.tsx';
import { DiffView } from '../../../ui/plan-preview/diff-view.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import classes from './acting.module.css';
import type { Edit } from './edits-store.ts';

interface YamlEditorProps {
  readonly contextId: string;
  readonly editKey: string;
  /** `deployment`. */
  readonly one: string;
}

/** An object as a text to be changed: what that comes to is shown before it is saved. */
export function YamlEditor({ contextId, editKey, one }: YamlEditorProps) {
  const { edits } = useApp().cluster;
  const edit = useStore(edits.store, (all) => all[editKey]);
  if (edit === undefined) return null;
  if (edit === null) return <Skeleton label={`Opening the ${one}`} lines={10} />;
  return <OpenEditor contextId={contextId} editKey={editKey} one={one} edit={edit} />;
}

function OpenEditor({ contextId, editKey, one, edit }: YamlEditorProps & { readonly edit: Edit }) {
  const { cluster, dialogs } = useApp();
  const { edits } = cluster;
  const [leaving, setLeaving] = useState(false);
  const [busy, setBusy] = useState(false);
  const id = useId();
  const { opened, text, newer } = edit;
  const changed = text !== opened.yaml;
  const tooLong = text.length > mostYaml;

  async function preview(): Promise<void> {
    setBusy(true);
    const isSame = await edits.renew(contextId, editKey);
    setBusy(false);
    const now = edits.store.getState()[editKey];
    if (!isSame || !now) return;
    const { yaml: _, ...which } = now.opened;
    const action = { do: 'edit', ...which, yaml: now.text, force: false } as const;
    dialogs.setState({ kind: 'cluster-act', contextId, actions: [action], containers: [] }, true);
  }

  return (
    <div className={classes.editor}>
      {newer !== null && <Newer edit={edit} editKey={editKey} one={one} />}
      <div className={classes.editorHead}>
        <label htmlFor={id} className={classes.quiet}>
          {tooLong ? 'It is too long to be saved.' : 'Without status and managedFields.'}
        </label>
        <span className={classes.editorButtons}>
          <Button onClick={() => (changed ? setLeaving(true) : edits.leave(editKey))}>
            Cancel
          </Button>
          <Button
            tone="primary"
            busy={busy}
            disabled={!changed || tooLong || newer !== null}
            onClick={() => void preview()}
          >
            Look at the changes
          </Button>
        </span>
      </div>
      <textarea
        id={id}
        className={classes.text}
        aria-label={`YAML of the ${one}`}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        value={text}
        onChange={(event) => edits.write(editKey, event.currentTarget.value)}
      />
      {leaving && (
        <ConfirmDialog
          title="Leave what you wrote?"
          confirm="Leave it"
          onConfirm={() => edits.leave(editKey)}
          onCancel={() => setLeaving(false)}
        >
          The object stays as it is; your text is gone.
        </ConfirmDialog>
      )}
    </div>
  );
}

interface NewerProps {
  readonly edit: Edit;
  readonly editKey: string;
  readonly one: string;
}

/** Somebody else was faster: what they changed, and whose text goes on. */
function Newer({ edit: { opened, newer }, editKey, one }: NewerProps) {
  const { edits } = useApp().cluster;
  return (
    <div className={classes.newer}>
      <Callout
        tone="warn"
        title={`The ${one} was changed since you opened it`}
        actions={
          <>
            <Button onClick={() => edits.keepMine(editKey)}>Keep my text</Button>
            <Button onClick={() => edits.takeNewer(editKey)}>Begin anew from theirs</Button>
          </>
        }
      >
        Below is what they changed. With your text, that is undone wherever you do not write it in
        as well.
      </Callout>
      <DiffView label="what they changed" before={opened.yaml} after={newer?.yaml ?? null} />
    </div>
  );
}
