import { z } from 'zod';
import { part, text, time } from '../cluster/tolerant.ts';

/** What a container takes at one moment. */
export const containerSample = z.object({
  /** UTC milliseconds. */
  at: z.number(),
  /** Cores: 1.5 is one and a half. */
  cpu: z.number(),
  memoryBytes: z.number(),
  /** Bytes in a second. */
  received: z.number(),
  sent: z.number(),
  read: z.number(),
  written: z.number(),
  pids: z.number(),
});
export type ContainerSample = z.infer<typeof containerSample>;

export const statsEvent = z.discriminatedUnion('type', [
  /** What is held of it so far. `limitBytes` null: as much as the machine has. */
  z.object({
    type: z.literal('start'),
    samples: z.array(containerSample),
    limitBytes: z.number().nullable(),
  }),
  z.object({ type: z.literal('samples'), samples: z.array(containerSample) }),
  /** Why nothing comes just now; null: it comes again. */
  z.object({ type: z.literal('trouble'), why: z.string().nullable() }),
]);
export type StatsEvent = z.infer<typeof statsEvent>;

const amount = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'number' ? value : 0));

const cpu = part({
  cpu_usage: part({ total_usage: amount }),
  system_cpu_usage: amount,
  online_cpus: amount,
});

const said = z.object({
  read: time,
  id: text,
  cpu_stats: cpu,
  memory_stats: part({
    ...{ usage: amount, limit: amount },
    stats: part({ inactive_file: amount, total_inactive_file: amount }),
  }),
  networks: z.unknown().optional(),
  blkio_stats: part({ io_service_bytes_recursive: z.unknown().optional() }),
  pids_stats: part({ current: amount }),
});

/** Counters that only grow, as they were read. */
export interface RawSample {
  readonly at: number;
  readonly cpuNanos: number;
  readonly systemNanos: number;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly limitBytes: number;
  readonly received: number;
  readonly sent: number;
  readonly read: number;
  readonly written: number;
  readonly pids: number;
}

/** Null of a container that does not run, of which all is nothing. */
export function readRaw(line: unknown, now: number): RawSample | null {
  const { data } = said.safeParse(line);
  if (data === undefined) return null;
  const { cpu_stats, memory_stats, blkio_stats } = data;
  if (cpu_stats.cpu_usage.total_usage === 0 && memory_stats.usage === 0) return null;
  // What can be given back at any time is not what it needs.
  const cache = memory_stats.stats.inactive_file || memory_stats.stats.total_inactive_file;
  const [received, sent] = networkSums(data.networks);
  const [read, written] = diskSums(blkio_stats.io_service_bytes_recursive);
  return {
    at: data.read !== null && data.read > 0 ? data.read : now,
    cpuNanos: cpu_stats.cpu_usage.total_usage,
    systemNanos: cpu_stats.system_cpu_usage,
    cpus: cpu_stats.online_cpus,
    memoryBytes: Math.max(0, memory_stats.usage - cache),
    limitBytes: memory_stats.limit,
    ...{ received, sent, read, written },
    pids: data.pids_stats.current,
  };
}

/** What was taken between two reads; null where they tell nothing, such as after a restart. */
export function sampleBetween(before: RawSample, now: RawSample): ContainerSample | null {
  const ms = now.at - before.at;
  if (ms <= 0 || now.cpuNanos < before.cpuNanos) return null;
  const rate = (a: number, b: number) => Math.max(0, Math.round(((b - a) * 1_000) / ms));
  return {
    at: now.at,
    cpu: (now.cpuNanos - before.cpuNanos) / 1e6 / ms,
    memoryBytes: now.memoryBytes,
    received: rate(before.received, now.received),
    sent: rate(before.sent, now.sent),
    read: rate(before.read, now.read),
    written: rate(before.written, now.written),
    pids: now.pids,
  };
}

function networkSums(networks: unknown): [number, number] {
  if (typeof networks !== 'object' || networks === null) return [0, 0];
  const all = Object.values(networks)
    .slice(0, 100)
    .map((each) => counters.parse(each ?? {}));
  return [sum(all.map(({ rx_bytes }) => rx_bytes)), sum(all.map(({ tx_bytes }) => tx_bytes))];
}

const counters = z.object({ rx_bytes: amount, tx_bytes: amount });
const disk = z.object({ op: text, value: amount });

function diskSums(entries: unknown): [number, number] {
  if (!Array.isArray(entries)) return [0, 0];
  const all = entries.slice(0, 500).map((each) => disk.parse(each ?? {}));
  const of = (op: string) =>
    sum(all.filter((each) => each.op.toLowerCase() === op).map(({ value }) => value));
  return [of('read'), of('write')];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
