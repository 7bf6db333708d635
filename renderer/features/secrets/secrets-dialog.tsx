import { Select } from '@mantine/core';
import { IconLock, IconLockOpen, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { keyPlace } from '../../../shared/model/secret-words.ts';
import type { SecretsStatus } from '../../../shared/model/secrets.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Callout, ErrorState } from '../../ui/error-state.tsx';
import { Field, FieldList } from '../../ui/field-list.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { AppKey } from './app-key.tsx';
import {
  MoveHereDialog,
  PassphraseDialog,
  RecoveryKeyDialog,
  StartOverDialog,
} from './key-dialogs.tsx';
import { OpenSecretsDialog } from './opening-dialogs.tsx';
import { SecretList } from './secret-list.tsx';
import classes from './secrets.module.css';

type Doing = 'open' | 'passphrase' | 'recovery' | 'move' | 'start-over' | null;

/** Where the key lies, what is remembered, and all that one may do with either. */
export function SecretsDialog({ onClose }: { readonly onClose: () => void }) {
  const { secrets } = useApp();
  const state = useResource(secrets.status);
  return (
    <Dialog title="Secrets" size="lg" onClose={onClose}>
      {state.status === 'loading' && <Skeleton label="Reading the store of secrets" lines={4} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void secrets.status.reload()} />
      )}
      {state.status === 'ready' && <Store status={state.data} />}
    </Dialog>
  );
}

function Store({ status }: { readonly status: SecretsStatus }) {
  const [doing, setDoing] = useState<Doing>(null);
  const dialog = { status, onClose: () => setDoing(null) };
  return (
    <div className={classes.store}>
      {status.state === 'not-set-up' ? (
        <NotSetUp status={status} onDo={setDoing} />
      ) : (
        <>
          <Key status={status} onDo={setDoing} />
          <AppKey status={status} />
          <section aria-labelledby="secrets-stored">
            <h3 className={classes.heading} id="secrets-stored">
              Remembered
            </h3>
            <SecretList />
          </section>
        </>
      )}
      {doing === 'open' && <OpenSecretsDialog onClose={dialog.onClose} />}
      {doing === 'passphrase' && <PassphraseDialog {...dialog} />}
      {doing === 'recovery' && <RecoveryKeyDialog {...dialog} />}
      {doing === 'move' && <MoveHereDialog {...dialog} />}
      {doing === 'start-over' && <StartOverDialog {...dialog} />}
    </div>
  );
}

interface PartProps {
  readonly status: SecretsStatus;
  readonly onDo: (doing: Doing) => void;
}

function NotSetUp({ status, onDo }: PartProps) {
  const { keyStore } = status;
  return (
    <>
      <p className={classes.lead}>
        Nothing is remembered. Rackhelm can keep passwords and passphrases for you, encrypted, each
        only where you say so.
      </p>
      {keyStore.why !== null && (
        <p className={classes.lead}>{`${keyStore.why} A passphrase takes its place.`}</p>
      )}
      <div className={classes.actions}>
        <Button tone="primary" autoFocus onClick={() => onDo('open')}>
          Set up
        </Button>
      </div>
    </>
  );
}

function Key({ status, onDo }: PartProps) {
  const { state, problem, recoveryMadeAt } = status;
  const open = state === 'open';
  return (
    <section aria-label="The key">
      <FieldList>
        <Field label="State">
          {open ? (
            <StatusBadge tone="ok" icon={IconLockOpen} plain>
              Open
            </StatusBadge>
          ) : (
            <StatusBadge tone="neutral" icon={IconLock} plain>
              Locked
            </StatusBadge>
          )}
        </Field>
        <Field label="The key lies">{keyPlace(status)}</Field>
        <Field label="Recovery key">
          {recoveryMadeAt === null ? (
            'none was made yet'
          ) : (
            <>
              made <Ago at={recoveryMadeAt} />
            </>
          )}
        </Field>
      </FieldList>
      {problem !== null && (
        <Callout tone="warn" title={problem.message}>
          {problem.hint}
        </Callout>
      )}
      {open && recoveryMadeAt === null && (
        <Callout tone="info" title="There is no recovery key">
          Without one everything here is lost with {lostWith(status)}.
        </Callout>
      )}
      <Actions status={status} onDo={onDo} />
      {open && <LockAfter status={status} />}
    </section>
  );
}

function lostWith({ ways }: SecretsStatus): string {
  return ways.includes('passphrase') ? 'the passphrase' : 'the key store of this computer';
}

function Actions({ status, onDo }: PartProps) {
  const { secrets } = useApp();
  const { state, ways, keyStore, recoveryMadeAt } = status;
  const open = state === 'open';
  const byPassphrase = ways.includes('passphrase');
  return (
    <div className={classes.actions}>
      {open ? (
        <Button icon={IconLock} onClick={() => void secrets.lock()}>
          Lock now
        </Button>
      ) : (
        <Button tone="primary" icon={IconLockOpen} onClick={() => onDo('open')}>
          Unlock
        </Button>
      )}
      {open && (
        <Button onClick={() => onDo('passphrase')}>
          {byPassphrase ? 'Change passphrase' : 'Use a passphrase'}
        </Button>
      )}
      {open && byPassphrase && keyStore.usable && (
        <Button onClick={() => void secrets.openBy({ way: 'key-store' })}>Use the key store</Button>
      )}
      {open && (
        <Button onClick={() => onDo('recovery')}>
          {recoveryMadeAt === null ? 'Make a recovery key' : 'Make a new recovery key'}
        </Button>
      )}
      {!open && recoveryMadeAt !== null && (
        <Button onClick={() => onDo('move')}>Open with the recovery key</Button>
      )}
      <Button tone="quiet" icon={IconTrash} onClick={() => onDo('start-over')}>
        Forget all
      </Button>
    </div>
  );
}

const intervals = [5, 15, 60, 480];

function LockAfter({ status }: { readonly status: SecretsStatus }) {
  const { secrets } = useApp();
  const { lockAfterMinutes: now } = status;
  const minutes = [...new Set([...intervals, ...(now === null ? [] : [now])])].sort(
    (a, b) => a - b,
  );
  return (
    <Select
      className={classes.lockAfter}
      label="Lock by itself"
      data={[
        { value: 'never', label: 'Never' },
        ...minutes.map((each) => ({ value: String(each), label: intervalText(each) })),
      ]}
      value={now === null ? 'never' : String(now)}
      allowDeselect={false}
      onChange={(value) => void secrets.lockAfter(value === 'never' ? null : Number(value))}
    />
  );
}

function intervalText(minutes: number): string {
  const text = minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
  return `${text} after the last use`;
}
