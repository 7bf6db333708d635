import { useState } from 'react';
import type { SecretsStatus } from '../../../shared/model/secrets.ts';
import { useApp } from '../../app/app-context.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { Logins } from './app-key-logins.tsx';
import { OpenSecretsDialog } from './opening-dialogs.tsx';
import classes from './secrets.module.css';
import type { KeyRow } from './secrets-store.ts';

interface ReplaceProps {
  readonly status: SecretsStatus;
  readonly onClose: () => void;
}

/** Makes another one; the one before goes on opening what it opens. */
export function ReplaceKeyDialog({ status, onClose }: ReplaceProps) {
  const { secrets } = useApp();
  if (status.state !== 'open') return <OpenSecretsDialog onClose={onClose} onOpened={() => {}} />;
  async function submit() {
    const outcome = await secrets.makeKey();
    if (!outcome.ok) return outcome.failure;
    onClose();
    return null;
  }
  return (
    <FormDialog
      title="Replace the key"
      size="sm"
      submit="Make a new one"
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={classes.lead}>
        The one before goes on opening what it opens, so nobody is locked out. Put the new one on
        the machines, by an onboarding or by copying its public half into authorized_keys, and then
        forget the one before.
      </p>
    </FormDialog>
  );
}

interface ForgetProps {
  readonly row: KeyRow;
  readonly onClose: () => void;
}

export function ForgetKeyDialog({ row, onClose }: ForgetProps) {
  const { secrets } = useApp();
  const [busy, setBusy] = useState(false);
  async function confirm(): Promise<void> {
    setBusy(true);
    await secrets.forget(row.id);
    onClose();
  }
  return (
    <ConfirmDialog
      title="Forget this key"
      confirm="Forget"
      busy={busy}
      onConfirm={() => void confirm()}
      onCancel={onClose}
    >
      <p>
        Its private half is nowhere else, and cannot be brought back. On machines its public half
        stays in authorized_keys until somebody deletes it there.
      </p>
      {row.opens > 0 && (
        <>
          <p>
            {`It opens ${formatCount(row.opens, 'login')}. Where no password and no other key is taken, nobody gets in any more:`}
          </p>
          <Logins row={row} />
        </>
      )}
    </ConfirmDialog>
  );
}
