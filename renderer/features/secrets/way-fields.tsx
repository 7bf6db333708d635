import { PasswordInput, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import type { SecretsStatus } from '../../../shared/model/secrets.ts';
import classes from './secrets.module.css';
import type { OpenBy } from './secrets-store.ts';

const shortest = 8;

export interface NewPassphrase {
  readonly passphrase: string;
  readonly again: string;
}

export const noPassphrase: NewPassphrase = { passphrase: '', again: '' };

/** What is wrong with it, once somebody tried to send it. */
export function passphraseFault({ passphrase, again }: NewPassphrase): keyof NewPassphrase | null {
  if (passphrase.length < shortest) return 'passphrase';
  return again === passphrase ? null : 'again';
}

interface PassphraseFieldsProps {
  readonly value: NewPassphrase;
  /** Faults are shown. */
  readonly tried: boolean;
  readonly autoFocus?: boolean;
  readonly onChange: (value: NewPassphrase) => void;
}

/** A new passphrase, twice, since it is not shown. */
export function PassphraseFields({ value, tried, autoFocus, onChange }: PassphraseFieldsProps) {
  const fault = tried ? passphraseFault(value) : null;
  return (
    <Stack gap="sm">
      <PasswordInput
        label="New passphrase"
        description="Several words that nobody would guess. Without it, and without the recovery key, nothing opens."
        autoComplete="new-password"
        data-autofocus={autoFocus || undefined}
        value={value.passphrase}
        error={fault === 'passphrase' && `It has ${shortest} letters or more.`}
        onChange={(event) => onChange({ ...value, passphrase: event.currentTarget.value })}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the new passphrase' }}
      />
      <PasswordInput
        label="Once more"
        autoComplete="new-password"
        value={value.again}
        error={fault === 'again' && 'That is another one.'}
        onChange={(event) => onChange({ ...value, again: event.currentTarget.value })}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the repeated passphrase' }}
      />
    </Stack>
  );
}

interface WayFieldsProps {
  readonly keyStore: SecretsStatus['keyStore'];
  readonly way: OpenBy['way'];
  readonly value: NewPassphrase;
  readonly tried: boolean;
  readonly onWay: (way: OpenBy['way']) => void;
  readonly onChange: (value: NewPassphrase) => void;
}

/** Key store or passphrase; where this computer has no key store it says why. */
export function WayFields({ keyStore, way, value, tried, onWay, onChange }: WayFieldsProps) {
  return (
    <div className={classes.ways}>
      <Radio.Group
        label="How it opens"
        value={way}
        onChange={(next) => onWay(next === 'key-store' ? 'key-store' : 'passphrase')}
      >
        <Stack gap="xs" mt="xs">
          <Radio
            value="key-store"
            label="By itself, while you are signed in to this computer"
            description={keyStore.why ?? `The key lies in ${keyStore.name}.`}
            disabled={!keyStore.usable}
          />
          <Radio
            value="passphrase"
            label="By a passphrase"
            description="You are asked for it when a secret is needed after a start."
          />
        </Stack>
      </Radio.Group>
      {way === 'passphrase' && <PassphraseFields value={value} tried={tried} onChange={onChange} />}
    </div>
  );
}

/** The state of such a form. `null` from `result`: something is wrong, and shown from now on. */
export function useWay(keyStore: SecretsStatus['keyStore']) {
  const [way, setWay] = useState<OpenBy['way']>(keyStore.usable ? 'key-store' : 'passphrase');
  const [value, setValue] = useState(noPassphrase);
  const [tried, setTried] = useState(false);
  return {
    fields: { keyStore, way, value, tried, onWay: setWay, onChange: setValue },
    result(): OpenBy | null {
      setTried(true);
      if (way === 'key-store') return { way };
      return passphraseFault(value) === null ? { way, passphrase: value.passphrase } : null;
    },
  };
}
