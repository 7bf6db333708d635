import { RackhelmError } from '../../../shared/model/errors.ts';
import type { ReadingSource } from '../../../shared/model/readings.ts';
import type { Ask } from '../connections/ssh/index.ts';
import type { ReadableDevice } from '../db/index.ts';
import { type Inventory, type MachineWriting, writeHere } from '../inventory/index.ts';
import type { MachineReader } from '../onboarding/index.ts';

/** How many devices are read at once; the pool bounds the handshakes besides. */
const atOnce = 8;

/** How it went with one device. */
export type RefreshResult = {
  readonly deviceId: string;
  readonly name: string;
} & (
  | { readonly state: 'read'; readonly differences: number }
  | { readonly state: 'failed'; readonly error: RackhelmError }
  /** Nothing declared leads there, or it is being read already. */
  | { readonly state: 'skipped'; readonly reason: string }
  /** It was stopped before this device had its turn, or while it was read. */
  | { readonly state: 'cancelled' }
);

export interface RefreshRun {
  readonly source: ReadingSource;
  readonly ask: Ask;
  /** False where nobody could touch a key or sign in elsewhere meanwhile. Default: as the reader has it. */
  readonly attended?: boolean;
  readonly signal: AbortSignal;
  /** Milliseconds for one device. Default: that of the machine reader. */
  readonly timeoutMs?: number;
  /** Told of each device as soon as it is known how it went. */
  readonly onResult?: (result: RefreshResult) => void;
}

export interface Refresher {
  /** Reads devices, some at once; results in their order. A device that fails stops no other. */
  refresh(devices: readonly ReadableDevice[], run: RefreshRun): Promise<RefreshResult[]>;
}

export interface RefresherOptions {
  readonly inventory: Inventory;
  /** Default: at once. */
  readonly writing?: MachineWriting;
  readonly readMachine: MachineReader;
  /** Told of every failure that is not one of ours. */
  readonly report: (error: unknown) => void;
}

export function createRefresher(options: RefresherOptions): Refresher {
  const { inventory, readMachine, report, writing = writeHere(options.inventory) } = options;
  /** What is read now, by whichever run: two at once would only read the same twice. */
  const underway = new Set<string>();

  function read(deviceId: string, run: RefreshRun): Promise<number> {
    return inventory.readings.ofDevice(deviceId, run.source, async () => {
      const { ask, attended, signal, timeoutMs } = run;
      const target = inventory.sshTargetOf(deviceId);
      const reading = await readMachine(target, {
        ask,
        signal,
        ...(attended === undefined ? {} : { attended }),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      });
      const { facts } = reading;
      const { differences } = await writing.recordFacts({ deviceId, facts, way: reading });
      return differences;
    });
  }

  async function refreshOne(device: ReadableDevice, run: RefreshRun): Promise<RefreshResult> {
    const named = { deviceId: device.id, name: device.name };
    if (device.sshHost === null || device.sshHost === '') {
      return { ...named, state: 'skipped', reason: 'It has no SSH host.' };
    }
    if (underway.has(device.id)) {
      return { ...named, state: 'skipped', reason: 'It is being read already.' };
    }
    if (run.signal.aborted) return { ...named, state: 'cancelled' };
    underway.add(device.id);
    try {
      return { ...named, state: 'read', differences: await read(device.id, run) };
    } catch (error) {
      const known = asKnown(error);
      if (known !== error) report(error);
      if (known.code === 'SSH_CANCELLED') return { ...named, state: 'cancelled' };
      return { ...named, state: 'failed', error: known };
    } finally {
      underway.delete(device.id);
    }
  }

  return {
    async refresh(devices, run) {
      const results: RefreshResult[] = [];
      const turns = devices.entries();
      const worker = async () => {
        for (const [index, device] of turns) {
          const result = await refreshOne(device, run);
          results[index] = result;
          run.onResult?.(result);
        }
      };
      await Promise.all(Array.from({ length: Math.min(atOnce, devices.length) }, worker));
      return results;
    },
  };
}

function asKnown(error: unknown): RackhelmError {
  if (error instanceof RackhelmError) return error;
  return new RackhelmError('INTERNAL', 'Something went wrong inside Rackhelm.', { cause: error });
}
