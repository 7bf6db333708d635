import { useMemo, useState } from 'react';
import type { Moment, Restored } from '../../../shared/model/history.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ReasonField } from './reason-field.tsx';
import classes from './restore.module.css';
import { RestorePreview } from './restore-preview.tsx';

interface RestoreAllDialogProps {
  readonly to: Moment;
  /** The moment as a person calls it. */
  readonly when: string;
  readonly onClose: () => void;
}

/** The whole inventory back to a moment: looked at first, and one change that undo takes back. */
export function RestoreAllDialog({ to, when, onClose }: RestoreAllDialogProps) {
  const { history } = useApp();
  const resource = useMemo(() => history.restorePreview(null, to), [history, to]);
  const state = useResource(resource);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const preview = state.status === 'ready' ? state.data : null;

  async function restore(shown: Restored): Promise<void> {
    setBusy(true);
    const done = await history.restore(null, { to, preview: shown, reason: reason.trim() });
    setBusy(false);
    if (done) onClose();
    else void resource.reload();
  }
  return (
    <Dialog
      title={`Restore all to ${when}`}
      size="lg"
      keepOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="primary"
            busy={busy}
            disabled={preview === null || preview.total === 0}
            onClick={() => preview !== null && void restore(preview)}
          >
            {`Restore ${preview === null ? '' : formatCount(preview.total, 'row')}`}
          </Button>
        </>
      }
    >
      <div className={classes.stack}>
        {state.status === 'loading' && <Skeleton label="Looking what would change" lines={8} />}
        {state.status === 'failed' && (
          <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
        )}
        {preview !== null && <RestorePreview preview={preview} />}
      </div>
      {preview !== null && preview.total > 0 && <ReasonField value={reason} onChange={setReason} />}
    </Dialog>
  );
}
