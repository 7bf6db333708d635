import { errorTable, RackhelmError } from '../../../shared/model/errors.ts';
import type { ReadingSource } from '../../../shared/model/readings.ts';
import type { SshTarget } from '../../../shared/model/ssh.ts';
import type { Database } from '../db/index.ts';

/** How an attempt failed, as it is told to a person. */
type Failed = Pick<RackhelmError, 'code' | 'message' | 'hint'>;

/** Keeps how the last attempt to read each device went, whichever way it was made. */
export interface ReadingRecorder {
  /** Runs an attempt on a known device and keeps how it went; throws what the attempt throws. */
  ofDevice<T>(deviceId: string, source: ReadingSource, read: () => Promise<T>): Promise<T>;
  /** The same of a machine that is named by hand: its failure is one of the devices reached so. */
  ofTarget<T>(target: SshTarget, source: ReadingSource, read: () => Promise<T>): Promise<T>;
  /** A reading whose device was found out afterwards. Milliseconds; `at` is when it ended. */
  succeeded(
    deviceId: string,
    source: ReadingSource,
    took: { readonly at: number; readonly durationMs: number },
  ): void;
}

interface RecorderOptions {
  readonly store: Database['readings'];
  /** Told when how it went could not be kept; that never hides how it went. */
  readonly report: (error: unknown) => void;
  readonly now?: () => number;
}

export function createReadingRecorder(options: RecorderOptions): ReadingRecorder {
  const { store, report, now = Date.now } = options;

  interface Attempt {
    readonly deviceIds: readonly string[];
    readonly source: ReadingSource;
    readonly began: number;
    readonly failure: Failed | null;
  }

  function keep({ deviceIds, source, began, failure }: Attempt): void {
    const at = now();
    try {
      for (const deviceId of deviceIds) {
        store.record({ deviceId, at, durationMs: Math.max(0, at - began), source, failure });
      }
    } catch (error) {
      report(error);
    }
  }

  return {
    async ofDevice(deviceId, source, read) {
      const attempt = { deviceIds: [deviceId], source, began: now() };
      try {
        const result = await read();
        keep({ ...attempt, failure: null });
        return result;
      } catch (error) {
        const failure = failureOf(error);
        if (failure !== null) keep({ ...attempt, failure });
        throw error;
      }
    },
    async ofTarget(target, source, read) {
      const began = now();
      try {
        return await read();
      } catch (error) {
        const failure = failureOf(error);
        if (failure !== null) keep({ deviceIds: reachedBy(store, target), source, began, failure });
        throw error;
      }
    },
    succeeded(deviceId, source, { at, durationMs }) {
      try {
        store.record({ deviceId, at, durationMs, source, failure: null });
      } catch (error) {
        report(error);
      }
    },
  };
}

/**
 * Null where the attempt says nothing of the machine: a person stopped it, nothing leads there yet,
 * or what it told could not be kept.
 */
function failureOf(error: unknown): Failed | null {
  if (!(error instanceof RackhelmError)) {
    const message = 'Something went wrong inside Rackhelm while this device was read.';
    return { code: 'INTERNAL', message, hint: errorTable.INTERNAL.hint };
  }
  const { code, message, hint, data } = error;
  const saysNothing =
    code === 'SSH_CANCELLED' ||
    code === 'NOT_FOUND' ||
    code.startsWith('DATA_') ||
    (code === 'INVALID_INPUT' && data.field === 'sshHost');
  return saysNothing ? null : { code, message, hint };
}

/** Devices that declare this way in; what a target leaves open agrees with anything. */
function reachedBy(store: Database['readings'], target: SshTarget): string[] {
  const agrees = (asked: unknown, declared: unknown) =>
    asked === undefined || declared === null || asked === declared;
  return store
    .devicesAt(target.host)
    .filter(({ port, user }) => agrees(target.port, port) && agrees(target.user, user))
    .map(({ id }) => id);
}
