import { v7 as uuidv7 } from 'uuid';
import type { AttemptEvent } from '../../../shared/contract/machines.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { ComparisonRow, DeviceKind } from '../../../shared/model/inventory.ts';
import { toShow } from '../../../shared/model/shown-facts.ts';
import type { SshAnswer, SshQuestion, SshTarget } from '../../../shared/model/ssh.ts';
import type { Ask } from '../connections/ssh/index.ts';
import { rememberingAsk, type Secrets } from '../engine/secrets/index.ts';
import { EventQueue } from '../event-queue.ts';
import { type Inventory, type MachineWriting, writeHere } from '../inventory/index.ts';
import type { MachineReader, Reading } from './machine-reader.ts';

/** How many finished readings wait for the person's decision before the oldest is forgotten. */
const heldReadings = 20;
/** Lines of a preview; of more only the number is told. */
const previewed = 200;

export interface AttemptsOptions {
  readonly inventory: Inventory;
  /** Default: at once. */
  readonly writing?: MachineWriting;
  readonly readMachine: MachineReader;
  /** Default: nothing is remembered. */
  readonly secrets?: Pick<Secrets, 'find' | 'put'>;
  /** Called with every error that is not one of ours, so that it lands in the log. */
  readonly report: (error: unknown) => void;
}

export type AttemptInput =
  | { readonly attemptId: string; readonly target: SshTarget }
  | { readonly attemptId: string; readonly deviceId: string; readonly at?: string | undefined };

export interface AddInput {
  readonly attemptId: string;
  readonly deviceId: string | null;
  readonly name: string;
  readonly kind: DeviceKind;
  readonly rackId: string | null;
  readonly acceptFacts: boolean;
  readonly replaceSsh?: boolean;
}

/** Connecting to machines from a window: questions go out as events, answers come back by id. */
export interface Attempts {
  connect(
    input: AttemptInput,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<AttemptEvent, void, void>;
  answer(input: { attemptId: string; questionId: string; answer: SshAnswer }): { taken: boolean };
  /** What accepting the held facts would write on a device. */
  preview(input: { attemptId: string; deviceId: string }): Promise<{
    rows: ComparisonRow[];
    total: number;
  }>;
  add(input: AddInput): Promise<{ deviceId: string; changeSetId: string }>;
  /** What was read, once it was told to be ready and while it is held. */
  reading(attemptId: string): Reading | undefined;
}

type Pending = Map<string, (answer: SshAnswer) => void>;

export function createAttempts(options: AttemptsOptions): Attempts {
  const { inventory, readMachine, report } = options;
  const { writing = writeHere(inventory) } = options;
  const questions = new Map<string, Pending>();
  const readings = new Map<string, Reading>();

  function hold(attemptId: string, reading: Reading): void {
    readings.set(attemptId, reading);
    const oldest = readings.keys().next();
    if (readings.size > heldReadings && oldest.done !== true) readings.delete(oldest.value);
  }

  function asker(pending: Pending, queue: EventQueue<AttemptEvent>) {
    return (question: SshQuestion, signal: AbortSignal): Promise<SshAnswer> => {
      const questionId = uuidv7();
      return new Promise((resolve) => {
        const settle = (answer: SshAnswer) => {
          pending.delete(questionId);
          signal.removeEventListener('abort', onAbort);
          resolve(answer);
        };
        const onAbort = () => settle({ kind: 'cancel' });
        pending.set(questionId, settle);
        signal.addEventListener('abort', onAbort);
        queue.push({ type: 'question', questionId, question });
      });
    };
  }

  function remembering(ask: Ask, onTrouble: (sentence: string) => void): Ask {
    const { secrets } = options;
    return secrets ? rememberingAsk(ask, secrets, { attended: true, onTrouble }) : ask;
  }

  async function work(
    input: AttemptInput,
    queue: EventQueue<AttemptEvent>,
    run: {
      readonly signal: AbortSignal;
      readonly pending: Pending;
    },
  ): Promise<void> {
    const target =
      'target' in input ? input.target : inventory.sshTargetOf(input.deviceId, input.at);
    const step = (
      name: Extract<AttemptEvent, { type: 'step' }>['step'],
      text: string,
      says?: string,
    ) => {
      const words = says === undefined ? {} : { says };
      queue.push({ type: 'step', step: name, text, at: Date.now(), ...words });
    };
    const read = () =>
      readMachine(target, {
        ask: remembering(asker(run.pending, queue), (what) => step('notice', what)),
        signal: run.signal,
        onStep: step,
        onBanner: (host, says) => step('authenticate', `${host} says:`, says),
      });
    if ('deviceId' in input) {
      const { deviceId } = input;
      await inventory.readings.ofDevice(deviceId, 'window', async () => {
        const reading = await read();
        const { facts } = reading;
        step('save', 'Recording what was observed.');
        const declare = input.at === undefined ? undefined : target;
        try {
          const what = { deviceId, facts, way: reading, declare };
          const { differences } = await writing.recordFacts(what);
          queue.push({ type: 'recorded', deviceId, facts: toShow(facts), differences });
        } catch (error) {
          // Kept for the person to say where it belongs; as an attempt on the device it failed.
          if (isOtherMachine(error))
            await offer(input.attemptId, reading, { queue, mismatch: error });
          throw error;
        }
      });
    } else {
      const reading = await inventory.readings.ofTarget(target, 'window', read);
      await offer(input.attemptId, reading, { queue });
    }
  }

  /** Holds a reading until the person says which device it is. */
  async function offer(
    attemptId: string,
    reading: Reading,
    { queue, mismatch }: { queue: EventQueue<AttemptEvent>; mismatch?: RackhelmError },
  ): Promise<void> {
    hold(attemptId, reading);
    const { suggestion, matches } = await writing.look({ facts: reading.facts, way: reading });
    queue.push({
      type: 'ready',
      facts: toShow(reading.facts),
      suggestion,
      matches,
      ...(mismatch && { mismatch: { message: mismatch.message, hint: mismatch.hint } }),
    });
  }

  function held(attemptId: string): Reading {
    const reading = readings.get(attemptId);
    if (reading !== undefined) return reading;
    throw new RackhelmError('NOT_FOUND', 'What was read from this machine is no longer held.', {
      hint: 'Connect to the machine again.',
    });
  }

  function fail(error: unknown, queue: EventQueue<AttemptEvent>): void {
    if (!(error instanceof RackhelmError)) report(error);
    const known =
      error instanceof RackhelmError
        ? error
        : new RackhelmError('INTERNAL', 'Something went wrong inside Rackhelm.', { cause: error });
    queue.push({
      type: 'failed',
      code: known.code,
      message: known.message,
      error: { hint: known.hint, data: { ...known.data } },
    });
  }

  async function* run(
    input: AttemptInput,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<AttemptEvent, void, void> {
    const queue = new EventQueue<AttemptEvent>();
    const pending: Pending = new Map();
    questions.set(input.attemptId, pending);
    const left = new AbortController();
    const either = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
    const done = work(input, queue, { signal: either, pending })
      .catch((error: unknown) => fail(error, queue))
      .finally(() => queue.close());
    try {
      yield* queue.read(signal);
    } finally {
      left.abort();
      await done;
      questions.delete(input.attemptId);
    }
  }

  return {
    connect(input, signal) {
      if (questions.has(input.attemptId)) {
        throw new RackhelmError('INVALID_INPUT', 'This attempt is already running.');
      }
      // NOT_FOUND at once, as what is wrong with the question and not with the machine.
      if ('deviceId' in input) inventory.devices.get(input.deviceId);
      return run(input, signal);
    },

    answer({ attemptId, questionId, answer }) {
      const settle = questions.get(attemptId)?.get(questionId);
      settle?.(answer);
      return { taken: settle !== undefined };
    },

    reading: (attemptId) => readings.get(attemptId),

    preview: async ({ attemptId, deviceId }) =>
      writing.preview({ deviceId, facts: held(attemptId).facts, limit: previewed }),

    async add(input) {
      const reading = held(input.attemptId);
      const { attemptId: _, ...what } = input;
      const added = await writing.addMachine({
        ...what,
        facts: reading.facts,
        target: reading.target,
        way: reading,
        source: 'app',
      });
      readings.delete(input.attemptId);
      const { collectedAt: at, durationMs } = reading.facts;
      inventory.readings.succeeded(added.deviceId, 'window', { at, durationMs });
      return added;
    },
  };
}

function isOtherMachine(error: unknown): error is RackhelmError {
  return error instanceof RackhelmError && error.code === 'OTHER_MACHINE';
}
