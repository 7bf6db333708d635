import type { CheckResult } from '../../../shared/checks/check.ts';
import type { GpuEvent, GpuMachine } from '../../../shared/contract/gpus.ts';
import { type GpuCurve, thinned } from '../../../shared/gpus/gpu-points.ts';
import type { GpuSample } from '../../../shared/gpus/gpu-reading.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { kindOf } from '../../../shared/model/kinds/index.ts';
import type { SshTarget } from '../../../shared/model/ssh.ts';
import type { Ask, SshPool } from '../connections/ssh/index.ts';
import type { Database } from '../db/index.ts';
import type { Checks } from '../engine/checks/index.ts';
import { insertRecord } from '../records/index.ts';
import { checkGpus } from './checks/index.ts';
import { GpuWatch } from './gpu-watch.ts';
import { type LookFor, lookAtGpus } from './look-at-gpus.ts';
import { MinuteKeeper } from './minute-keeper.ts';
import { readContainerNames } from './parse/container-names.ts';
import { readSample } from './read-sample.ts';
import { SampleRing } from './sample-ring.ts';

const hour = 3_600_000;

export interface GpusNeeds {
  readonly database: Database;
  readonly pool: () => Promise<SshPool>;
  /** Throws NOT_FOUND, or INVALID_INPUT where nothing leads to the device. */
  readonly targetOf: (deviceId: string) => SshTarget;
  readonly ask: Ask;
  /** Whether a person is there. Default false. */
  readonly attended?: boolean;
  readonly checks: Pick<Checks, 'keep'>;
  /** The text of the script `gpus`. */
  readonly script: string;
  readonly report: (error: unknown) => void;
}

/** Graphics processors of machines, as their own tools tell of them over SSH. */
export interface Gpus {
  machines(): readonly GpuMachine[];
  /** Throws what connecting throws: SSH_*, ANSWER_NEEDED. */
  look(deviceId: string, signal: AbortSignal): Promise<GpuSample>;
  watch(deviceId: string, signal: AbortSignal | undefined): AsyncGenerator<GpuEvent, void, void>;
  past(deviceId: string, hours: number): GpuCurve[];
  keep(deviceId: string, kept: boolean): void;
  /** Puts cards into the inventory. Throws NOT_FOUND, DUPLICATE. */
  declare(deviceId: string, cards: readonly CardDraft[]): { readonly changeSetId: string };
  check(deviceId: string, signal: AbortSignal): Promise<CheckResult[]>;
  /** From now on those that a person wants kept are looked at each minute. */
  start(): void;
  close(): Promise<void>;
}

export interface CardDraft {
  readonly slot: string | null;
  readonly model: string;
  readonly memoryBytes: number | null;
  /** Watts. */
  readonly powerLimit: number | null;
}

export function createGpus(needs: GpusNeeds): Gpus {
  const { database, pool, targetOf, ask, attended = false, checks, script, report } = needs;
  const watches = new Map<string, GpuWatch>();
  const names = new Map<string, ReadonlyMap<string, string>>();

  /** The device has to be there: nothing is kept of one that is not. */
  function nameOf(deviceId: string): string {
    const device = database.tables.devices.get(deviceId);
    if (!device) throw new RackhelmError('NOT_FOUND', 'This device is not in the inventory.');
    return device.name;
  }

  async function parts(deviceId: string, what: LookFor, signal: AbortSignal) {
    const target = targetOf(deviceId);
    const connection = await (await pool()).connect(target, { ask, signal, attended });
    try {
      const found = await lookAtGpus(connection, what, { script, signal });
      return { found, user: connection.resolved.user };
    } finally {
      connection.release();
    }
  }

  /** Engines are only asked for names when a container shows up that has none yet. */
  async function look(deviceId: string, signal: AbortSignal): Promise<GpuSample> {
    const first = await parts(deviceId, 'now', signal);
    const sample = readSample(first.found, Date.now());
    const known = names.get(deviceId);
    const isKnown = ({ container }: GpuSample['processes'][number]) =>
      container === null || container.runtime === 'kubernetes' || known?.has(container.id);
    if (sample.processes.every(isKnown)) return named(sample, known);
    const again = await parts(deviceId, 'names', signal);
    const told = new Map(
      ['docker-names', 'podman-names'].flatMap((label) => [
        ...readContainerNames(again.found.get(label)?.text ?? ''),
      ]),
    );
    // One that no engine tells of is not asked for each second.
    for (const { container } of sample.processes)
      if (container && !told.has(container.id)) told.set(container.id, '');
    names.set(deviceId, told);
    return named(sample, told);
  }

  function watchOf(deviceId: string): GpuWatch {
    const existing = watches.get(deviceId);
    if (existing) return existing;
    const watch = new GpuWatch({
      ring: new SampleRing(),
      look: (signal) => look(deviceId, signal),
    });
    watches.set(deviceId, watch);
    return watch;
  }

  const keeper = new MinuteKeeper({
    store: database.gpuSamples,
    // What somebody looks at is known already.
    look: async (deviceId, signal) =>
      watches.get(deviceId)?.newest ?? (await look(deviceId, signal)),
  });

  return {
    machines: () =>
      database.gpuSamples.machines().map((one) => ({ ...one, cards: [...one.cards] })),
    async look(deviceId, signal) {
      nameOf(deviceId);
      return await look(deviceId, signal);
    },
    watch(deviceId, signal) {
      nameOf(deviceId);
      return watchOf(deviceId).follow(signal);
    },
    past(deviceId, hours) {
      const stored = database.gpuSamples.since(deviceId, Date.now() - hours * hour);
      return [...Map.groupBy(stored, ({ gpuKey }) => gpuKey)]
        .slice(0, 64)
        .map(([gpuKey, points]) => ({
          gpuKey,
          points: thinned(points.map(({ gpuKey: _, ...point }) => point)),
        }));
    },
    keep(deviceId, kept) {
      nameOf(deviceId);
      database.gpuSamples.setKept(deviceId, kept);
    },
    declare(deviceId, cards) {
      const title = `Add the ${cards.length === 1 ? 'GPU' : 'GPUs'} of ${nameOf(deviceId)}`;
      const { changeSetId } = database.change({ title, source: 'app' }, () => {
        for (const card of cards)
          insertRecord(database, kindOf('gpu'), { device: deviceId, ...card });
      });
      return { changeSetId };
    },
    async check(deviceId, signal) {
      const name = nameOf(deviceId);
      const begun = Date.now();
      const { found, user } = await parts(deviceId, 'all', signal);
      const results = checkGpus(found, {
        subject: { id: deviceId, name },
        sample: readSample(found, Date.now()),
        user,
        at: Date.now(),
        durationMs: Date.now() - begun,
        report,
      });
      checks.keep(results);
      return results;
    },
    start: () => keeper.start(report),
    async close() {
      keeper.stop();
      await Promise.all([...watches.values()].map((watch) => watch.close()));
    },
  };
}

function named(sample: GpuSample, names: ReadonlyMap<string, string> | undefined): GpuSample {
  return {
    ...sample,
    processes: sample.processes.map((one) => ({
      ...one,
      container: one.container && {
        ...one.container,
        name: names?.get(one.container.id) || null,
      },
    })),
  };
}
