import { PasswordInput, Stack } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import type { SecretsStatus } from '../../../shared/model/secrets.ts';
import { useApp } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { formatDate } from '../../ui/formatting.ts';
import { RecoveryKeyField } from './opening-dialogs.tsx';
import classes from './secrets.module.css';
import {
  noPassphrase,
  PassphraseFields,
  passphraseFault,
  useWay,
  WayFields,
} from './way-fields.tsx';

interface KeyDialogProps {
  readonly status: SecretsStatus;
  readonly onClose: () => void;
}

/** Another passphrase, or one in the place of the key store. */
export function PassphraseDialog({ status, onClose }: KeyDialogProps) {
  const { secrets } = useApp();
  const has = status.ways.includes('passphrase');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState(noPassphrase);
  const [tried, setTried] = useState(false);

  async function submit() {
    setTried(true);
    const { passphrase } = next;
    if (passphraseFault(next) !== null) return null;
    const outcome = await (has
      ? secrets.changePassphrase(current, passphrase)
      : secrets.openBy({ way: 'passphrase', passphrase }));
    if (!outcome.ok) return outcome.failure;
    onClose();
    return null;
  }

  return (
    <FormDialog
      title={has ? 'Change the passphrase' : 'Use a passphrase'}
      size="sm"
      submit={has ? 'Change' : 'Use it'}
      disabled={has && current === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <Stack gap="sm">
        {has && (
          <PasswordInput
            label="Passphrase so far"
            data-autofocus
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': 'Show the passphrase so far' }}
          />
        )}
        <PassphraseFields value={next} tried={tried} autoFocus={!has} onChange={setNext} />
      </Stack>
    </FormDialog>
  );
}

/** The store came from another computer: the recovery key opens it, and this one does from then on. */
export function MoveHereDialog({ status, onClose }: KeyDialogProps) {
  const { secrets } = useApp();
  const [recoveryKey, setRecoveryKey] = useState('');
  const { fields, result } = useWay(status.keyStore);

  async function submit() {
    const by = result();
    if (by === null) return null;
    const outcome = await secrets.moveHere(recoveryKey, by);
    if (!outcome.ok) return outcome.failure;
    onClose();
    return null;
  }

  return (
    <FormDialog
      title="Open it on this computer"
      submit="Open"
      disabled={recoveryKey === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <Stack gap="md">
        <p className={classes.lead}>
          For a data directory that came from another computer, or after the key was lost here.
        </p>
        <RecoveryKeyField value={recoveryKey} onChange={setRecoveryKey} />
        <WayFields {...fields} />
      </Stack>
    </FormDialog>
  );
}

/** Makes one, shows it once, and lets it be printed. */
export function RecoveryKeyDialog({ status, onClose }: KeyDialogProps) {
  const { secrets } = useApp();
  const [text, setText] = useState<string | null>(null);

  async function make() {
    const outcome = await secrets.makeRecoveryKey();
    if (!outcome.ok) return outcome.failure;
    setText(outcome.value.recoveryKey);
    return null;
  }

  if (text !== null) return <RecoverySheet text={text} onClose={onClose} />;
  return (
    <FormDialog
      title="Make a recovery key"
      size="sm"
      submit="Make it"
      onSubmit={make}
      onClose={onClose}
    >
      <p className={classes.lead}>
        It opens the store where nothing else does: on another computer, after the passphrase was
        forgotten, or when the key store lost its key. It is shown once; print it and keep it apart
        from this computer.
      </p>
      {status.recoveryMadeAt !== null && (
        <p className={classes.lead}>The one that was made before opens nothing any more then.</p>
      )}
    </FormDialog>
  );
}

function RecoverySheet({ text, onClose }: { readonly text: string; readonly onClose: () => void }) {
  const groups = text.split('-');
  return (
    <Dialog
      title="Recovery key"
      size="sm"
      keepOpen
      onClose={onClose}
      footer={
        <>
          <Button icon={IconPrinter} onClick={() => window.print()}>
            Print
          </Button>
          <Button tone="primary" onClick={onClose}>
            I have kept it
          </Button>
        </>
      }
    >
      <section className={classes.sheet} aria-label="Recovery key to print">
        <h3 className={classes.sheetTitle}>Rackhelm recovery key</h3>
        <p className={classes.recoveryKey} data-testid="recovery-key">
          {groups.map((group, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two groups may read alike, none moves
            <span key={index}>{group}</span>
          ))}
        </p>
        <p className={classes.lead}>
          Made on {formatDate(Date.now())}. It opens all secrets that Rackhelm remembers. Keep it
          like a key to the rack.
        </p>
      </section>
      <p className={classes.copy}>
        <CopyText text={text} label="the recovery key" buttonOnly /> Copy it, for a password manager
      </p>
    </Dialog>
  );
}

/** Where nothing opens it any more, or to be rid of it. */
export function StartOverDialog({ status, onClose }: KeyDialogProps) {
  const { secrets } = useApp();
  const [busy, setBusy] = useState(false);
  async function confirm(): Promise<void> {
    setBusy(true);
    await secrets.startOver();
    onClose();
  }
  return (
    <ConfirmDialog
      title="Forget all secrets"
      confirm="Forget all"
      busy={busy}
      onConfirm={() => void confirm()}
      onCancel={onClose}
    >
      <p>
        {status.stored === 0 ? 'The key' : 'Everything that is remembered, and the key,'} goes, and
        cannot be brought back. Recovery keys open nothing any more. The inventory stays as it is.
      </p>
    </ConfirmDialog>
  );
}
