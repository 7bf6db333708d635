import { useId } from 'react';
import type { JobAnswer, JobQuestion, StandingQuestion } from '../../../../shared/jobs/question.ts';
import { Button } from '../../../ui/button.tsx';
import { isolated } from '../../../ui/isolate.ts';
import { QuestionView } from '../../add-machine/question-view.tsx';
import { SecretQuestion } from '../../add-machine/secret-question.tsx';
import classes from './job-page.module.css';

interface JobQuestionsProps {
  readonly questions: readonly StandingQuestion[];
  /** Name of the machine of a lane. */
  readonly nameOf: (lane: string) => string;
  readonly onAnswer: (question: StandingQuestion, answer: JobAnswer) => void;
  /** Somebody waits for it. Default: it comes while a person may be typing elsewhere. */
  readonly takesFocus?: boolean;
}

/** At once; the next comes when one is answered. */
const shown = 3;

/** What the job asks, answered where it stands. */
export function JobQuestions(props: JobQuestionsProps) {
  const { questions, nameOf, onAnswer, takesFocus = false } = props;
  if (questions.length === 0) return null;
  const more = questions.length - shown;
  return (
    <section className={classes.questions} aria-label="Questions">
      {questions.slice(0, shown).map((question, index) => (
        <article key={question.id} className={classes.question}>
          <h2 className={classes.asker}>
            <bdi>{nameOf(question.lane)}</bdi> asks
          </h2>
          <Ask
            question={question.question}
            takesFocus={takesFocus && index === 0}
            onAnswer={(answer) => onAnswer(question, answer)}
          />
        </article>
      ))}
      {more > 0 && <p className={classes.moreQuestions}>{`${more.toLocaleString('en')} more`}</p>}
    </section>
  );
}

interface AskProps {
  readonly question: JobQuestion;
  readonly takesFocus: boolean;
  readonly onAnswer: (answer: JobAnswer) => void;
}

function Ask({ question, takesFocus, onAnswer }: AskProps) {
  const form = useId();
  switch (question.kind) {
    case 'ssh': {
      const { question: asked } = question;
      // Keys are answered in the question itself, beside what that means.
      const own = asked.kind === 'unknown-host-key' || asked.kind === 'changed-host-key';
      return (
        <>
          <QuestionView
            question={asked}
            formId={form}
            takesFocus={takesFocus}
            onAnswer={(answer) => onAnswer({ kind: 'ssh', answer })}
          />
          {!own && <Answers form={form} onAnswer={onAnswer} />}
        </>
      );
    }
    case 'sudo-password':
      return (
        <>
          <SecretQuestion
            formId={form}
            title={`sudo password of ${isolated(question.user)} on ${isolated(question.host)}`}
            label="Password"
            again={question.attempt > 1 ? 'That password was not accepted.' : null}
            takesFocus={takesFocus}
            subject={{ kind: 'sudo-password', user: question.user, host: question.host, port: 22 }}
            takesStored={false}
            note="Otherwise it goes to sudo over standard input, and is never written."
            onAnswer={(answer) =>
              onAnswer(
                answer.kind === 'secret'
                  ? { kind: 'secret', secret: answer.secret, remember: answer.remember === true }
                  : { kind: 'cancel' },
              )
            }
          />
          <Answers form={form} onAnswer={onAnswer} />
        </>
      );
    case 'choice':
      return (
        <>
          <p className={classes.choiceText}>
            <bdi>{question.text}</bdi>
          </p>
          <ul className={classes.choices}>
            {question.choices.map(({ id, label, says }) => (
              <li key={id} className={classes.choice}>
                <Button onClick={() => onAnswer({ kind: 'choice', id })}>{isolated(label)}</Button>
                {says && (
                  <span className={classes.says}>
                    <bdi>{says}</bdi>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      );
  }
}

function Answers({ form, onAnswer }: { readonly form: string } & Pick<AskProps, 'onAnswer'>) {
  return (
    <div className={classes.answers}>
      <Button onClick={() => onAnswer({ kind: 'cancel' })}>Do not answer</Button>
      <Button tone="primary" type="submit" form={form}>
        Continue
      </Button>
    </div>
  );
}
