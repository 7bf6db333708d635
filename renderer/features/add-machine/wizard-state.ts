import type { AttemptEvent } from '../../../shared/contract/machines.ts';
import type { IdentityMatch } from '../../../shared/model/identity.ts';
import type { DeviceKind } from '../../../shared/model/inventory.ts';
import type { ShownFacts } from '../../../shared/model/shown-facts.ts';
import type { SshQuestion, SshTarget } from '../../../shared/model/ssh.ts';
import { readTargetText } from '../../../shared/model/ssh-target-text.ts';
import type { Failure } from '../../rpc/failure.ts';
import { nameProblem } from '../devices/name-problem.ts';

/** What a person types to reach a machine; secrets are never part of it. */
export interface TargetForm {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly identityFile: string;
  readonly jump: string;
}

export const emptyForm: TargetForm = { host: '', port: '', user: '', identityFile: '', jump: '' };

export type Goal =
  /** A machine that is to be added. */
  | { readonly kind: 'new' }
  /** A device that is there, whose facts are collected again. */
  | { readonly kind: 'device'; readonly id: string; readonly name: string };

export interface StepLine {
  readonly step: string;
  readonly text: string;
  /** The machine's own words, such as where to sign in. */
  readonly says?: string | undefined;
  readonly at: number;
}

export interface AddChoice {
  /** Device to record the facts on; null makes a new one, undefined: the person has to say. */
  readonly deviceId: string | null | undefined;
  readonly name: string;
  readonly kind: DeviceKind;
  readonly rackId: string | null;
  readonly acceptFacts: boolean;
}

export interface Mismatch {
  readonly message: string;
  readonly hint: string;
}

interface Common {
  readonly goal: Goal;
  readonly form: TargetForm;
  readonly steps: readonly StepLine[];
}

export type WizardState = Common &
  (
    | { readonly step: 'form'; readonly failure: Failure | null }
    | {
        readonly step: 'connecting';
        readonly attemptId: string;
        /** The person refused the host's key; what follows from that is no fault. */
        readonly declined?: boolean;
      }
    | {
        readonly step: 'question';
        readonly attemptId: string;
        readonly questionId: string;
        readonly question: SshQuestion;
      }
    | {
        readonly step: 'review';
        readonly attemptId: string;
        readonly facts: ShownFacts;
        readonly matches: readonly IdentityMatch[];
        /** Why the device that was asked about does not get these facts without a word. */
        readonly mismatch: Mismatch | null;
        readonly choice: AddChoice;
        readonly adding: boolean;
        readonly failure: Failure | null;
      }
    | {
        readonly step: 'added';
        readonly deviceId: string;
        readonly name: string;
        /** It was made by this; else the facts were recorded on one that was there. */
        readonly isNew: boolean;
      }
    | { readonly step: 'recorded'; readonly facts: ShownFacts; readonly differences: number }
  );

export type WizardEvent =
  | { readonly type: 'typed'; readonly form: TargetForm }
  | { readonly type: 'connect'; readonly attemptId: string }
  | { readonly type: 'attempt'; readonly attemptId: string; readonly event: AttemptEvent }
  | { readonly type: 'answered'; readonly questionId: string; readonly declined?: boolean }
  | { readonly type: 'broken'; readonly attemptId: string; readonly failure: Failure }
  | { readonly type: 'choose'; readonly choice: AddChoice }
  | { readonly type: 'add' }
  | { readonly type: 'added'; readonly attemptId: string; readonly deviceId: string }
  | { readonly type: 'add-failed'; readonly attemptId: string; readonly failure: Failure }
  | { readonly type: 'back' };

export function startWizard(goal: Goal, form: TargetForm = emptyForm): WizardState {
  return { step: 'form', goal, form, steps: [], failure: null };
}

/** Why the form cannot be sent yet, by field. */
export function formProblems(form: TargetForm): Partial<Record<keyof TargetForm, string>> {
  const problems: Partial<Record<keyof TargetForm, string>> = {};
  const written = readTargetText(form.host);
  if (form.host.trim() === '') problems.host = 'Type a host name, an address or an SSH alias.';
  else if (!written.ok) problems.host = written.problem;
  const port = Number(form.port);
  const portOk = form.port.trim() === '' || (Number.isInteger(port) && port > 0 && port < 65_536);
  if (!portOk) problems.port = 'A port is a number from 1 to 65535.';
  return problems;
}

const words = (text: string) => text.split(',').flatMap((word) => word.trim() || []);

/**
 * Empty fields are left out: then the SSH configuration or the default decides. The host may be
 * written with its user and port, as `root@10.0.0.5:22`; the fields of their own win.
 */
export function targetOf(form: TargetForm): SshTarget {
  const jump = words(form.jump);
  const written = readTargetText(form.host);
  return {
    ...(written.ok ? written.target : { host: form.host.trim() }),
    ...(form.port.trim() === '' ? {} : { port: Number(form.port) }),
    ...(form.user.trim() === '' ? {} : { user: form.user.trim() }),
    ...(form.identityFile.trim() === '' ? {} : { identityFile: form.identityFile.trim() }),
    ...(jump.length === 0 ? {} : { jump }),
  };
}

/** The field to look at after a failure: where it is likeliest mended. */
export function fieldToMend(failure: Failure | null): keyof TargetForm {
  switch (failure?.code) {
    case 'SSH_REFUSED':
    case 'SSH_NOT_SSH':
      return 'port';
    case 'SSH_AUTH_FAILED':
    case 'SSH_NO_SHELL':
      return 'user';
    case 'SSH_KEY_UNREADABLE':
    case 'SSH_PASSPHRASE_WRONG':
      return 'identityFile';
    case 'SSH_JUMP_FAILED':
      return 'jump';
    default:
      return 'host';
  }
}

/** Not an error: the person's own choice, shown where an error would stand. */
export const keyDeclined: Failure = {
  code: 'KEY_DECLINED',
  message: 'You did not accept the key. Nothing was written.',
  hint: '',
  data: {},
};

function failed(state: WizardState, failure: Failure): WizardState {
  return { step: 'form', goal: state.goal, form: state.form, steps: state.steps, failure };
}

/**
 * A machine that plainly is one known device is recorded on it, and one like no other is new, unless
 * the person says otherwise. Whatever is in between is theirs to say.
 */
function firstChoice(event: Extract<AttemptEvent, { type: 'ready' }>): AddChoice {
  const { matches, suggestion, mismatch } = event;
  const same = matches.filter((match) => match.verdict === 'same');
  const isOpen = mismatch !== undefined || likelyMatches(matches).length > 0;
  const only = same.length === 1 ? same[0]?.deviceId : undefined;
  const deviceId = only ?? (isOpen ? undefined : null);
  const { name, kind } = suggestion;
  return { deviceId, name, kind, rackId: null, acceptFacts: deviceId === null };
}

/** Those that it may well be; the others only have something in common with it. */
export function likelyMatches(matches: readonly IdentityMatch[]): readonly IdentityMatch[] {
  return matches.filter(({ verdict }) => verdict !== 'another');
}

/** What a known device declares stays, unless the person asks for that after having seen it. */
export function chooseDevice(choice: AddChoice, deviceId: string | null): AddChoice {
  return { ...choice, deviceId, acceptFacts: deviceId === null };
}

/** What the person gave a new device as its name; that of a known one is its own. */
function added(state: Extract<WizardState, { step: 'review' }>, deviceId: string): WizardState {
  const { goal, form, steps, choice, matches } = state;
  const known = matches.find((match) => match.deviceId === choice.deviceId);
  const asked = goal.kind === 'device' && goal.id === choice.deviceId ? goal.name : undefined;
  const name = known?.deviceName ?? asked ?? choice.name.trim();
  return { step: 'added', goal, form, steps, deviceId, name, isNew: choice.deviceId === null };
}

/** Why the review cannot be sent yet; a device that is there has its name already. */
export function choiceProblem({ deviceId, name }: AddChoice): string | null {
  if (deviceId === undefined) return 'Say which device this is.';
  return deviceId === null ? nameProblem(name) : null;
}

function onAttempt(state: WizardState, attemptId: string, event: AttemptEvent): WizardState {
  const running = state.step === 'connecting' || state.step === 'question';
  if (!running || state.attemptId !== attemptId) return state;
  const { goal, form, steps } = state;
  const common = { goal, form, steps };
  switch (event.type) {
    case 'step': {
      const { step, text, says, at } = event;
      const line = { step, text, says, at };
      return { ...state, steps: [...steps, line] };
    }
    case 'question':
      return {
        ...common,
        step: 'question',
        attemptId,
        questionId: event.questionId,
        question: event.question,
      };
    case 'ready': {
      const { facts, matches, mismatch = null } = event;
      const choice = firstChoice(event);
      return {
        ...common,
        step: 'review',
        attemptId,
        facts,
        matches,
        mismatch,
        choice,
        adding: false,
        failure: null,
      };
    }
    case 'recorded':
      return { ...common, step: 'recorded', facts: event.facts, differences: event.differences };
    case 'failed':
      if (state.step === 'connecting' && state.declined) return failed(state, keyDeclined);
      return failed(state, { code: event.code, message: event.message, ...event.error });
  }
}

/** The wizard's only transitions. An event that does not fit the state changes nothing. */
export function wizard(state: WizardState, event: WizardEvent): WizardState {
  const { goal, form, steps } = state;
  switch (event.type) {
    case 'typed':
      return state.step === 'form' ? { ...state, form: event.form, failure: null } : state;
    case 'connect':
      if (state.step !== 'form') return state;
      return { step: 'connecting', goal, form, steps: [], attemptId: event.attemptId };
    case 'attempt':
      return onAttempt(state, event.attemptId, event.event);
    case 'answered':
      if (state.step !== 'question' || state.questionId !== event.questionId) return state;
      return {
        step: 'connecting',
        goal,
        form,
        steps,
        attemptId: state.attemptId,
        declined: event.declined ?? false,
      };
    case 'broken': {
      const running = state.step === 'connecting' || state.step === 'question';
      return running && state.attemptId === event.attemptId ? failed(state, event.failure) : state;
    }
    case 'choose':
      return state.step === 'review' ? { ...state, choice: event.choice, failure: null } : state;
    case 'add':
      return state.step === 'review' ? { ...state, adding: true, failure: null } : state;
    case 'added':
      if (state.step !== 'review' || state.attemptId !== event.attemptId) return state;
      return added(state, event.deviceId);
    case 'add-failed':
      if (state.step !== 'review' || state.attemptId !== event.attemptId) return state;
      return { ...state, adding: false, failure: event.failure };
    case 'back':
      // Nobody adds the same machine twice; user, key and jump hosts are often those of the next.
      return startWizard(goal, state.step === 'added' ? { ...form, host: '' } : form);
  }
}
