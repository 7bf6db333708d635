import { PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { subjectOf } from '../../../shared/model/secrets.ts';
import type { SshAnswer, SshQuestion } from '../../../shared/model/ssh.ts';
import { Callout } from '../../ui/error-state.tsx';
import { isolated } from '../../ui/isolate.ts';
import classes from './connect.module.css';
import { ChangedHostKey, UnknownHostKey } from './host-key-questions.tsx';
import { SecretQuestion } from './secret-question.tsx';

interface QuestionViewProps {
  readonly question: SshQuestion;
  readonly formId: string;
  /** The answer goes straight to the host; it is kept nowhere here. */
  readonly onAnswer: (answer: SshAnswer) => void;
  /** Where it is all that is asked; elsewhere it must not take the keyboard from what is typed. */
  readonly takesFocus?: boolean;
}

/** What the connection needs to know from the person before it goes on. */
export function QuestionView(props: QuestionViewProps) {
  const { question, formId, onAnswer, takesFocus = true } = props;
  switch (question.kind) {
    case 'unknown-host-key':
      return (
        <UnknownHostKey
          question={question}
          takesFocus={takesFocus}
          onAnswer={(accept) => onAnswer({ kind: 'host-key', accept })}
        />
      );
    case 'changed-host-key':
      return (
        <ChangedHostKey
          question={question}
          takesFocus={takesFocus}
          onAnswer={(accept) => onAnswer({ kind: 'host-key', accept })}
        />
      );
    case 'password':
      return (
        <SecretQuestion
          formId={formId}
          subject={subjectOf(question)}
          onAnswer={onAnswer}
          takesFocus={takesFocus}
          title={`Password of ${isolated(question.user)} on ${isolated(question.host)}`}
          label="Password"
          again={question.attempt > 1 ? 'That password was not accepted.' : null}
        />
      );
    case 'passphrase':
      return (
        <SecretQuestion
          formId={formId}
          subject={subjectOf(question)}
          onAnswer={onAnswer}
          takesFocus={takesFocus}
          title={`Passphrase of ${isolated(question.keyFile)}`}
          label="Passphrase"
          again={question.attempt > 1 ? 'That passphrase does not open the key.' : null}
        />
      );
    case 'keyboard-interactive':
      // One prompt for the login password, which could as well have been asked for as such.
      if (subjectOf(question) !== null) {
        return (
          <SecretQuestion
            formId={formId}
            subject={subjectOf(question)}
            onAnswer={onAnswer}
            takesFocus={takesFocus}
            title={`${isolated(question.host)} asks for the password of ${isolated(question.user)}`}
            label="Password"
            says={question.instructions}
            again={question.attempt > 1 ? 'That password was not accepted.' : null}
          />
        );
      }
      return <PromptsQuestion {...{ question, formId, onAnswer, takesFocus }} />;
  }
}

interface PromptsQuestionProps {
  readonly question: Extract<SshQuestion, { kind: 'keyboard-interactive' }>;
  readonly formId: string;
  readonly takesFocus: boolean;
  readonly onAnswer: (answer: SshAnswer) => void;
}

function PromptsQuestion({ question, formId, takesFocus, onAnswer }: PromptsQuestionProps) {
  const { prompts, host, name, instructions } = question;
  const [responses, setResponses] = useState<readonly string[]>(() => prompts.map(() => ''));

  const change = (index: number, text: string) => setResponses(responses.with(index, text));

  function submit(event: FormEvent): void {
    event.preventDefault();
    const answer = { kind: 'responses' as const, responses: [...responses] };
    setResponses(prompts.map(() => ''));
    onAnswer(answer);
  }

  return (
    <form id={formId} className={classes.question} onSubmit={submit}>
      <h3 className={classes.questionTitle}>
        <bdi>{host}</bdi> asks{name !== '' && ': '}
        <bdi>{name}</bdi>
      </h3>
      {instructions && (
        <p className={classes.instructions} dir="auto">
          {instructions}
        </p>
      )}
      {prompts.length === 0 && (
        <Callout title="The machine only wants you to read this." tone="info" />
      )}
      {prompts.map(({ prompt, echo }, index) => {
        const Input = echo ? TextInput : PasswordInput;
        return (
          <Input
            // biome-ignore lint/suspicious/noArrayIndexKey: two prompts may read alike, none moves
            key={`${index} ${prompt}`}
            label={prompt.replace(/:\s*$/, '')}
            value={responses[index] ?? ''}
            autoFocus={takesFocus && index === 0}
            autoComplete="off"
            // A password's field has a button that shows it, and that needs a name.
            {...(echo
              ? {}
              : { visibilityToggleButtonProps: { 'aria-label': 'Show what is typed' } })}
            onChange={(event) => change(index, event.currentTarget.value)}
          />
        );
      })}
    </form>
  );
}
