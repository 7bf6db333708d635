import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GpuEvent, GpuMachine } from '../../../shared/contract/gpus.ts';
import { type GpuCurve, type GpuPoint, mostPoints } from '../../../shared/gpus/gpu-points.ts';
import type { GpuReading, GpuSample } from '../../../shared/gpus/gpu-reading.ts';
import { formatCount } from '../../../shared/model/amounts.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import { type Failure, isAbort, toFailure } from '../../rpc/failure.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';

const hour = 3_600_000;

/** What is shown of one machine while it is looked at. */
export interface GpuLook {
  readonly deviceId: string | null;
  readonly sample: GpuSample | null;
  /** Why it is not reached now; what was seen before stays. */
  readonly failure: Failure | null;
  /** Of the last hour, by card. */
  readonly curves: ReadonlyMap<string, readonly GpuPoint[]>;
}

const nothing: GpuLook = { deviceId: null, sample: null, failure: null, curves: new Map() };

/** How much of the past a chart shows. */
export const spans = [
  { value: 'hour', label: 'Last hour', hours: 1 },
  { value: 'day', label: 'Last day', hours: 24 },
  { value: 'week', label: 'Last week', hours: 168 },
] as const;
export type Span = (typeof spans)[number]['value'];

export interface GpusStore {
  readonly machines: Resource<GpuMachine[]>;
  readonly look: StoreApi<GpuLook>;
  /** From now on this machine is shown; whoever leaves ends it. */
  watch(deviceId: string): () => void;
  /** `DEVICE day`, so that each span is read by itself. */
  readonly past: (deviceAndSpan: string) => Resource<GpuCurve[]>;
  keep(deviceId: string, kept: boolean): Promise<void>;
  /** The cards that were seen, into the inventory. */
  declare(deviceId: string, seen: readonly GpuReading[]): Promise<void>;
  /** True once it is through. */
  check(deviceId: string): Promise<boolean>;
}

interface Needs {
  readonly client: Pick<Client, 'gpus'>;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
  readonly view: Pick<Window, 'setTimeout'>;
}

/** After the connection to the host broke. */
const againMs = 2_000;

export function createGpusStore({ client, pool, notify, view }: Needs): GpusStore {
  const look = createStore<GpuLook>(() => nothing);
  const machines = pool.create((signal) => client.gpus.machines(undefined, { signal }));
  const past = pool.createKeyed((key, signal) => {
    const [deviceId = '', span] = key.split(' ');
    const hours = spans.find(({ value }) => value === span)?.hours ?? 1;
    return client.gpus.past({ deviceId, hours }, { signal });
  });

  async function follow(deviceId: string, signal: AbortSignal): Promise<void> {
    try {
      for await (const event of await client.gpus.watch({ deviceId }, { signal })) {
        if (signal.aborted) return;
        look.setState(after(look.getState(), event), true);
      }
    } catch (error) {
      if (signal.aborted || isAbort(error)) return;
      look.setState({ ...look.getState(), failure: toFailure(error) }, true);
    }
    if (signal.aborted) return;
    view.setTimeout(() => {
      if (!signal.aborted) void follow(deviceId, signal);
    }, againMs);
  }

  return {
    machines,
    look,
    past,
    watch(deviceId) {
      const left = new AbortController();
      look.setState({ ...nothing, deviceId }, true);
      void follow(deviceId, left.signal);
      return () => left.abort();
    },
    async keep(deviceId, kept) {
      const outcome = await attempt(client.gpus.keep({ deviceId, kept }));
      if (!outcome.ok) notify.failed(outcome.failure);
      await machines.reload();
    },
    async declare(deviceId, seen) {
      const cards = seen.slice(0, 16).map((gpu) => ({
        slot: gpu.busId,
        model: gpu.name,
        memoryBytes: gpu.sharesMemory ? null : gpu.memoryTotalBytes,
        powerLimit: gpu.powerLimitW === null ? null : Math.round(gpu.powerLimitW),
      }));
      const outcome = await attempt(client.gpus.declare({ deviceId, cards }));
      if (outcome.ok)
        notify.done(`${formatCount(cards.length, 'GPU')} added to the inventory.`, {
          undoes: outcome.value.changeSetId,
        });
      else notify.failed(outcome.failure);
      await machines.reload();
    },
    async check(deviceId) {
      const outcome = await attempt(client.gpus.check({ deviceId }));
      if (!outcome.ok) notify.failed(outcome.failure);
      return outcome.ok;
    },
  };
}

function after(before: GpuLook, event: GpuEvent): GpuLook {
  switch (event.type) {
    case 'past':
      return {
        ...before,
        curves: new Map(event.curves.map(({ gpuKey, points }) => [gpuKey, points])),
      };
    case 'failed': {
      const { code, message, hint } = event;
      return { ...before, failure: { code, message, hint, data: {} } };
    }
    case 'sample':
      return {
        ...before,
        sample: event.sample,
        failure: null,
        curves: grown(before, event.sample),
      };
  }
}

/** An hour at one second, and no more. */
const mostHeld = 3_600 + mostPoints;

function grown({ curves }: GpuLook, { at, gpus }: GpuSample): GpuLook['curves'] {
  const next = new Map(curves);
  for (const gpu of gpus) {
    const { key, utilizationPercent, memoryUsedBytes, temperatureC, powerW } = gpu;
    const points = (next.get(key) ?? []).filter((point) => point.at >= at - hour);
    const point = { at, utilizationPercent, memoryUsedBytes, temperatureC, powerW };
    next.set(key, [...points, point].slice(-mostHeld));
  }
  return next;
}
