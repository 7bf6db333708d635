import { useEffect, useId, useRef } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app/app-context.ts';
import { fieldOf } from '../../app/field-failure.ts';
import { askForField } from '../../app/field-request.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';
import classes from './connect.module.css';
import { QuestionView } from './question-view.tsx';
import { ReviewView } from './review-view.tsx';
import { offerOf } from './ssh-offer.ts';
import { StepList } from './step-list.tsx';
import { TargetFormView } from './target-form.tsx';
import { type Goal, keyDeclined, type WizardState } from './wizard-state.ts';

interface ConnectDialogProps {
  readonly goal: Goal;
  readonly onClose: () => void;
}

function titleOf(goal: Goal): string {
  return goal.kind === 'new' ? 'Add machine over SSH' : `Refresh ${isolated(goal.name)}`;
}

/** The answers to a host key stand in the question itself, beside what they mean. */
function asksForKey(state: WizardState): boolean {
  return state.step === 'question' && state.question.kind.endsWith('host-key');
}

/** Connects to a machine: a form, what happens, what it asks, what it found, done. */
export function ConnectDialog({ goal, onClose }: ConnectDialogProps) {
  const { attempts } = useApp();
  const state = useStore(attempts.store);
  const form = useId();
  const content = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a dialog is opened once, for one goal
  useEffect(() => {
    if (!attempts.isUnderWay(goal)) {
      attempts.open(goal);
      // For a known device everything is known: there is nothing to fill in first.
      if (goal.kind === 'device') void attempts.connect();
    }
    return () => attempts.close();
  }, []);

  // The button that led to a step goes with it; the keyboard must stay in the dialog.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks anew at every step
  useEffect(() => {
    if (document.activeElement === document.body) content.current?.focus({ preventScroll: true });
  }, [state.step]);

  return (
    <Dialog
      title={titleOf(goal)}
      size="lg"
      keepOpen
      onClose={onClose}
      footer={asksForKey(state) ? null : <Footer state={state} form={form} onClose={onClose} />}
    >
      <div ref={content} tabIndex={-1} className={classes.content}>
        <Body state={state} form={form} />
      </div>
    </Dialog>
  );
}

interface BodyProps {
  readonly state: WizardState;
  readonly form: string;
}

function Body({ state, form }: BodyProps) {
  const { attempts } = useApp();
  switch (state.step) {
    case 'form':
      return <TargetFormView state={state} formId={form} />;
    case 'connecting':
      return <StepList steps={state.steps} last="running" />;
    case 'question':
      return (
        <>
          {state.question.kind !== 'changed-host-key' && (
            <StepList steps={state.steps} last="asking" />
          )}
          <QuestionView
            key={state.questionId}
            question={state.question}
            formId={form}
            onAnswer={(answer) => void attempts.answer(answer)}
          />
        </>
      );
    case 'review':
      return <ReviewView state={state} formId={form} />;
    case 'added':
      return (
        <p className={classes.done} role="status">
          <strong>
            <bdi>{state.name}</bdi>
          </strong>{' '}
          {state.isNew
            ? 'is in the inventory. Undo takes it out again.'
            : 'has these facts now. Undo takes them back.'}
        </p>
      );
    case 'recorded':
      return (
        <div role="status">
          <StepList steps={state.steps} last="done" />
          <p className={classes.done}>
            {state.differences === 0
              ? 'Facts recorded. They agree with what is declared.'
              : `Facts recorded. ${formatCount(state.differences, 'value')} differ from what is declared.`}
          </p>
        </div>
      );
  }
}

interface FooterProps extends BodyProps {
  readonly onClose: () => void;
}

function Footer({ state, form, onClose }: FooterProps) {
  const { attempts, router } = useApp();
  const cancel = <Button onClick={onClose}>Cancel</Button>;

  function open(id: string, tab: 'details' | 'compare'): void {
    onClose();
    router.go({ screen: 'device', id, tab });
  }

  function openField(id: string): void {
    askForField({ deviceId: id, field: 'sshHost' });
    open(id, 'details');
  }

  switch (state.step) {
    case 'form': {
      const { goal } = state;
      if (goal.kind === 'device' && state.failure && fieldOf(state.failure) === 'sshHost') {
        // Trying again cannot help before the device has one.
        const offer = offerOf(state.failure);
        return (
          <>
            <Button onClick={onClose}>Close</Button>
            <Button
              key="fields"
              tone={offer === null ? 'primary' : 'default'}
              autoFocus={offer === null}
              onClick={() => openField(goal.id)}
            >
              Open its SSH fields
            </Button>
            {offer !== null && (
              <Button
                key="offer"
                tone="primary"
                autoFocus
                onClick={() => void attempts.connect(offer.host)}
              >
                {`Connect to ${isolated(offer.text)}`}
              </Button>
            )}
          </>
        );
      }
      const verb = state.failure === null ? 'Connect' : 'Try again';
      // Who has just refused a key is not led to ask for it again.
      const tone = state.failure === keyDeclined ? 'default' : 'primary';
      return (
        <>
          {cancel}
          {state.goal.kind === 'new' ? (
            <Button tone={tone} type="submit" form={form}>
              {verb}
            </Button>
          ) : (
            <Button tone={tone} onClick={() => void attempts.connect()}>
              {verb}
            </Button>
          )}
        </>
      );
    }
    case 'connecting':
      return cancel;
    case 'question':
      return (
        <>
          {cancel}
          <Button tone="primary" type="submit" form={form}>
            Continue
          </Button>
        </>
      );
    case 'review':
      return (
        <>
          <Button tone="quiet" onClick={attempts.back}>
            Back
          </Button>
          {cancel}
          <Button tone="primary" type="submit" form={form} busy={state.adding}>
            {state.choice.deviceId === null ? 'Add to inventory' : 'Record facts'}
          </Button>
        </>
      );
    case 'added':
      return (
        <>
          <Button onClick={attempts.back}>Add another</Button>
          {/* Keyed: only a new button takes the focus. */}
          <Button
            key="open"
            tone="primary"
            autoFocus
            onClick={() => open(state.deviceId, 'details')}
          >
            Open device
          </Button>
        </>
      );
    case 'recorded': {
      const { goal } = state;
      return (
        <>
          <Button onClick={onClose}>Close</Button>
          {goal.kind === 'device' && state.differences > 0 && (
            <Button key="compare" tone="primary" autoFocus onClick={() => open(goal.id, 'compare')}>
              Compare
            </Button>
          )}
        </>
      );
    }
  }
}
