import { TextInput } from '@mantine/core';
import { IconShieldExclamation, IconShieldQuestion } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { SshQuestion } from '../../../shared/model/ssh.ts';
import { Button } from '../../ui/button.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { isolated } from '../../ui/isolate.ts';
import classes from './host-key.module.css';
import type { HostKeyFacts } from './host-key-words.ts';
import { confirmationWord, keyFileCommand, sourceText } from './host-key-words.ts';

interface HostKeyQuestionProps<K extends SshQuestion['kind']> {
  readonly question: Extract<SshQuestion, { kind: K }>;
  readonly onAnswer: (accept: boolean) => void;
  readonly takesFocus: boolean;
}

/** Large and broken into groups, so that two people can read it out to each other. */
function Fingerprint({ form, text }: { readonly form: string; readonly text: string }) {
  // With its prefix, as ssh-keygen prints it.
  const [, prefix = '', value = text] = /^([A-Z0-9]+:)(.*)$/.exec(text) ?? [];
  const groups = value.includes(':') ? value.split(':') : (value.match(/.{1,4}/g) ?? []);
  return (
    <div className={classes.print}>
      {/* Read out and copied as one; the gaps are only for the eye. */}
      <code className={classes.groups} data-joint={value.includes(':') ? 'colon' : 'none'}>
        {prefix !== '' && <span>{prefix}</span>}
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the groups never move
          <span key={index} className={classes.group}>
            {group}
          </span>
        ))}
      </code>
      <CopyText text={text} label={`${form} fingerprint`} buttonOnly />
    </div>
  );
}

function KeyBlock({ title, hostKey }: { readonly title: string; readonly hostKey: HostKeyFacts }) {
  return (
    <div className={classes.key}>
      <p className={classes.keyTitle}>
        {title} <span className={classes.type}>{hostKey.type}</span>
      </p>
      <Fingerprint form="SHA256" text={hostKey.sha256} />
      <Fingerprint form="MD5" text={hostKey.md5} />
    </div>
  );
}

export function UnknownHostKey(props: HostKeyQuestionProps<'unknown-host-key'>) {
  const { question, onAnswer, takesFocus } = props;
  const { key } = question;
  return (
    <section className={classes.block} data-tone="info" aria-label="Unknown host key">
      <h3 className={classes.title}>
        <IconShieldQuestion aria-hidden />
        <span>
          Is this really <bdi>{key.host}</bdi>?
        </span>
      </h3>
      <p>
        This machine was never seen before. Compare the fingerprint with the one that the machine
        itself shows:
      </p>
      <KeyBlock title="It presents this key" hostKey={key} />
      <p className={classes.command}>
        On the machine: <CopyText text={keyFileCommand(key.type)} label="the command" />
      </p>
      <div className={classes.answers}>
        <Button autoFocus={takesFocus} onClick={() => onAnswer(false)}>
          Reject
        </Button>
        <Button tone="primary" onClick={() => onAnswer(true)}>
          Accept and remember
        </Button>
      </div>
    </section>
  );
}

export function ChangedHostKey(props: HostKeyQuestionProps<'changed-host-key'>) {
  const { question, onAnswer, takesFocus } = props;
  const { key, known } = question;
  const [typed, setTyped] = useState('');
  const word = confirmationWord(key.host);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (typed.trim() === word) onAnswer(true);
  }

  return (
    <section
      className={classes.block}
      data-tone="danger"
      role="alert"
      aria-label="Changed host key"
    >
      <h3 className={classes.title}>
        <IconShieldExclamation aria-hidden />
        <span>
          The key of <bdi>{key.host}</bdi> has changed
        </span>
      </h3>
      <p>
        Either the machine was installed anew, or somebody stands between you and it. Do not go on
        unless you know why.
      </p>
      <div className={classes.pair}>
        {known.map((each) => (
          <div key={`${each.sha256} ${each.source}`}>
            <KeyBlock title="Known until now" hostKey={each} />
            <p className={classes.source}>{sourceText(each)}</p>
          </div>
        ))}
        <KeyBlock title="Presented now" hostKey={key} />
      </div>
      <p className={classes.command}>
        On the machine: <CopyText text={keyFileCommand(key.type)} label="the command" />
      </p>
      <form className={classes.confirm} onSubmit={submit}>
        <TextInput
          label={`To replace the known key, type ${isolated(word)}`}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          classNames={{ input: 'rh-mono' }}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div className={classes.answers}>
          <Button autoFocus={takesFocus} onClick={() => onAnswer(false)}>
            Stop
          </Button>
          <Button tone="danger" type="submit" disabled={typed.trim() !== word}>
            Replace the known key
          </Button>
        </div>
      </form>
    </section>
  );
}
