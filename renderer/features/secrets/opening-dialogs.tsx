import { PasswordInput, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SecretsStatus } from '../../../shared/model/secrets.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import classes from './secrets.module.css';
import type { UnlockWith } from './secrets-store.ts';
import { useWay, WayFields } from './way-fields.tsx';

interface StoreDialogProps {
  readonly onClose: () => void;
  /** It is open now. */
  readonly onOpened?: () => void;
}

/** For whatever part of the window needs the store: sets it up, or unlocks it. */
export function OpenSecretsDialog({ onClose, onOpened }: StoreDialogProps) {
  const { secrets } = useApp();
  const state = useResource(secrets.status);
  if (state.status !== 'ready') return null;
  const props = { status: state.data, onClose, onOpened: onOpened ?? (() => {}) };
  return state.data.state === 'not-set-up' ? (
    <SetUpDialog {...props} />
  ) : (
    <UnlockDialog {...props} />
  );
}

interface OpeningProps extends Required<StoreDialogProps> {
  readonly status: SecretsStatus;
}

function SetUpDialog({ status, onClose, onOpened }: OpeningProps) {
  const { secrets } = useApp();
  const { fields, result } = useWay(status.keyStore);

  async function submit() {
    const by = result();
    if (by === null) return null;
    const outcome = await secrets.setUp(by);
    if (!outcome.ok) return outcome.failure;
    onClose();
    onOpened();
    return null;
  }

  return (
    <FormDialog
      title="Set up the store of secrets"
      submit="Set up"
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={classes.lead}>
        What you have remembered is encrypted in your inventory. No window, log or export ever shows
        it.
      </p>
      <WayFields {...fields} />
    </FormDialog>
  );
}

type Way = UnlockWith['way'];

const wayLabels: Record<Way, string> = {
  'key-store': 'Key store',
  passphrase: 'Passphrase',
  recovery: 'Recovery key',
};

/** The usual way first. */
function waysOf({ ways, keyStore, recoveryMadeAt }: SecretsStatus): Way[] {
  const all: (Way | null)[] = [
    ways.includes('passphrase') ? 'passphrase' : null,
    keyStore.usable && ways.some((way) => way !== 'passphrase') ? 'key-store' : null,
    recoveryMadeAt === null ? null : 'recovery',
  ];
  return all.filter((way) => way !== null);
}

function UnlockDialog({ status, onClose, onOpened }: OpeningProps) {
  const { secrets } = useApp();
  const ways = waysOf(status);
  const [way, setWay] = useState<Way>(ways[0] ?? 'recovery');
  const [text, setText] = useState('');

  async function submit() {
    const outcome = await secrets.unlock(given(way, text));
    if (!outcome.ok) return outcome.failure;
    onClose();
    onOpened();
    return null;
  }

  const change = (next: string) => {
    setWay(ways.find((each) => each === next) ?? way);
    setText('');
  };
  return (
    <FormDialog
      title="Unlock the store of secrets"
      size="sm"
      submit="Unlock"
      tries={way}
      disabled={way !== 'key-store' && text === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <Stack gap="sm">
        {ways.length > 1 && (
          <SegmentedControl
            fullWidth
            aria-label="Unlock by"
            data={ways.map((each) => ({ value: each, label: wayLabels[each] }))}
            value={way}
            onChange={change}
          />
        )}
        <UnlockField way={way} text={text} onChange={setText} keyStore={status.keyStore} />
      </Stack>
    </FormDialog>
  );
}

function given(way: Way, text: string): UnlockWith {
  switch (way) {
    case 'key-store':
      return { way };
    case 'passphrase':
      return { way, passphrase: text };
    case 'recovery':
      return { way, recoveryKey: text };
  }
}

interface UnlockFieldProps {
  readonly way: Way;
  readonly text: string;
  readonly keyStore: SecretsStatus['keyStore'];
  readonly onChange: (text: string) => void;
}

function UnlockField({ way, text, keyStore, onChange }: UnlockFieldProps) {
  if (way === 'key-store') {
    return <p className={classes.lead}>{`The key lies in ${keyStore.name}, which may ask you.`}</p>;
  }
  if (way === 'recovery') return <RecoveryKeyField value={text} onChange={onChange} />;
  return (
    <PasswordInput
      label="Passphrase"
      data-autofocus
      autoComplete="current-password"
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
      visibilityToggleButtonProps={{ 'aria-label': 'Show the passphrase' }}
    />
  );
}

interface RecoveryKeyFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Typed from a sheet, so that it is shown; spaces, hyphens and small letters do not matter. */
export function RecoveryKeyField({ value, onChange }: RecoveryKeyFieldProps) {
  return (
    <TextInput
      label="Recovery key"
      description="Nine groups of four, as on the sheet that was printed last."
      data-autofocus
      autoComplete="off"
      spellCheck={false}
      maxLength={200}
      classNames={{ input: classes.recoveryInput }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
