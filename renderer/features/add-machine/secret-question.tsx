import { Checkbox, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { keyPlace } from '../../../shared/model/secret-words.ts';
import {
  type SecretSubject,
  type SecretsStatus,
  subjectText,
} from '../../../shared/model/secrets.ts';
import type { SshAnswer } from '../../../shared/model/ssh.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/error-state.tsx';
import { OpenSecretsDialog } from '../secrets/opening-dialogs.tsx';
import type { SecretRow } from '../secrets/secrets-store.ts';
import classes from './connect.module.css';

interface SecretQuestionProps {
  readonly formId: string;
  /** What it is for; null: it cannot be remembered. */
  readonly subject: SecretSubject | null;
  readonly title: string;
  readonly label: string;
  /** What the machine says with it. */
  readonly says?: string;
  readonly again: string | null;
  readonly takesFocus: boolean;
  /** Whether the host can be told to use what is stored by now. Default true. */
  readonly takesStored?: boolean;
  /** What becomes of it otherwise. */
  readonly note?: string;
  readonly onAnswer: (answer: SshAnswer) => void;
}

const inMemory = 'Otherwise it is held in memory until Rackhelm ends and is never written.';

/** The secret lives in this field alone and is gone from it once it is sent. */
export function SecretQuestion(props: SecretQuestionProps) {
  const { formId, subject, title, label, says = '', again, onAnswer } = props;
  const [secret, setSecret] = useState('');
  const { status, stored } = useRemembered(subject);
  const [wanted, setWanted] = useState<boolean | null>(null);
  // What was remembered and is wrong by now is replaced, unless the person says otherwise.
  const remember = wanted ?? stored !== null;
  /** What is to be done once the store is open. */
  const [opening, setOpening] = useState<'send' | 'use-stored' | null>(null);

  function send(): void {
    const answer = { kind: 'secret', secret, ...(remember && { remember }) } as const;
    setSecret('');
    onAnswer(answer);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (remember && status !== null && status.state !== 'open') setOpening('send');
    else send();
  }

  function onOpened(): void {
    if (opening === 'send') send();
    else onAnswer({ kind: 'stored' });
  }

  const usable =
    props.takesStored !== false &&
    stored !== null &&
    stored.failedAt === null &&
    status?.state === 'locked';
  return (
    <>
      <form id={formId} className={classes.question} onSubmit={submit}>
        <h3 className={classes.questionTitle}>{title}</h3>
        {says !== '' && (
          <p className={classes.instructions} dir="auto">
            {says}
          </p>
        )}
        {usable && (
          <Callout
            tone="info"
            title="It is remembered, and the store of secrets is locked."
            actions={<Button onClick={() => setOpening('use-stored')}>Unlock and use it</Button>}
          />
        )}
        <PasswordInput
          label={label}
          value={secret}
          error={again ?? (stored?.failedAt != null && 'What is remembered was not accepted.')}
          autoFocus={props.takesFocus}
          autoComplete="off"
          onChange={(event) => setSecret(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': `Show ${label.toLowerCase()}` }}
        />
        {subject === null && props.note && <p className={classes.note}>{props.note}</p>}
        {status !== null && subject !== null && (
          <Checkbox
            label="Remember it"
            description={remember ? rememberWords(status) : (props.note ?? inMemory)}
            checked={remember}
            onChange={(event) => setWanted(event.currentTarget.checked)}
          />
        )}
      </form>
      {opening !== null && (
        <OpenSecretsDialog onClose={() => setOpening(null)} onOpened={onOpened} />
      )}
    </>
  );
}

/** How the store stands, and what it holds for this question. */
function useRemembered(subject: SecretSubject | null): {
  readonly status: SecretsStatus | null;
  readonly stored: SecretRow | null;
} {
  const { secrets } = useApp();
  const status = useResource(secrets.status);
  const page = useResource(secrets.stored);
  const text = subject === null ? null : subjectText(subject);
  const rows = page.status === 'ready' ? page.data.rows : [];
  return {
    status: status.status === 'ready' ? status.data : null,
    stored: rows.find((row) => subjectText(row.subject) === text) ?? null,
  };
}

function rememberWords(status: SecretsStatus): string {
  const when = 'It is stored once it has worked, encrypted.';
  switch (status.state) {
    case 'not-set-up':
      return `${when} You are asked first how the store shall open.`;
    case 'locked':
      return `${when} The store is locked: you are asked to unlock it first.`;
    case 'open':
      return `${when} The key lies ${keyPlace(status)}.`;
  }
}
