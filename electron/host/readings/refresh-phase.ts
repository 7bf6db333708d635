import { z } from 'zod';
import { formatCount } from '../../../shared/model/amounts.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { id } from '../../../shared/model/inventory.ts';
import { readingSources } from '../../../shared/model/readings.ts';
import type { Ask } from '../connections/ssh/index.ts';
import type { ReadableDevice, ReadingScope } from '../db/index.ts';
import type { Phase } from '../engine/jobs/index.ts';
import { isReady } from './ready-device.ts';
import type { Refresher, RefreshResult } from './refresh.ts';

const params = z.object({
  scope: z.union([
    z.object({ ids: z.array(id).max(20_000) }),
    z.object({ rackId: id }),
    z.object({ all: z.literal(true) }),
  ]),
  source: z.enum(readingSources),
  /** What was tried since then is through; UTC milliseconds. */
  since: z.number().int(),
  /** By the clock: how often, so that what fails again and again is tried less. */
  everyMs: z.number().int().nullable(),
});
export type RefreshParams = z.infer<typeof params>;

export interface RefreshPhaseOptions {
  readonly refresher: Refresher;
  readonly devicesOf: (scope: ReadingScope) => readonly ReadableDevice[];
  /** Answers without a person. */
  readonly ask: Ask;
  /** When everything that was noted of devices is written. */
  readonly settled: () => Promise<void>;
}

/**
 * Reads many devices, some at once. What was tried since the job began is through, so that a job that
 * was broken off reads only the others.
 */
export function createRefreshPhase(
  options: RefreshPhaseOptions,
): Phase<RefreshParams, Record<string, never>> {
  const { refresher, devicesOf, ask, settled } = options;
  const runOf = rememberRuns();

  const wanted = ({ scope, since, everyMs }: RefreshParams) =>
    devicesOf(scope).filter(
      (device) => isThrough(device, since) || isReady(device, since, everyMs),
    );
  const isLeft = (device: ReadableDevice, since: number) =>
    !isThrough(device, since) && !runOf(since).leftOut.has(device.id);

  return {
    id: 'refresh',
    params,
    saved: z.object({}),
    title: ({ scope, source }) => titleOf(devicesOf(scope), source),
    lasting: () => 'What was observed stays.',
    async probe(_, asked) {
      await settled();
      const devices = wanted(asked);
      const left = devices.filter((device) => isLeft(device, asked.since)).length;
      const through = devices.length - left;
      const tried = `${through} of ${formatCount(devices.length, 'device')} were tried.`;
      const found = runOf(asked.since).result ?? tried;
      const standing = left === 0 ? 'present' : through === 0 ? 'absent' : 'partly';
      return { standing, found, evidence: [] };
    },
    plan: async () => [],
    save: async () => ({}),
    async apply({ log, progress, signal }, asked) {
      const { since, source } = asked;
      const devices = wanted(asked).filter((device) => isLeft(device, since));
      let done = 0;
      progress(done, devices.length);
      const read = await refresher.refresh(devices, {
        source,
        ask,
        attended: false,
        signal,
        onResult(result) {
          done += 1;
          if (result.state === 'skipped') runOf(since).leftOut.add(result.deviceId);
          if (result.state === 'failed') log(`${result.name}: ${result.error.message}`);
          progress(done, devices.length);
        },
      });
      const text = resultText(read);
      if (read.some(({ state }) => state === 'cancelled')) {
        log(text);
        throw new RackhelmError('JOB_CANCELLED', text);
      }
      const [failed] = read.filter((result) => result.state === 'failed');
      // One machine that is off is told in the log; where nothing came of it, it failed.
      if (failed && !read.some(({ state }) => state === 'read')) throw nothingRead(read, failed);
      runOf(since).result = text;
    },
    undo: async () => {},
  };
}

/** What this process remembers of a job: devices that were left out, of which nothing is noted. */
interface Run {
  readonly leftOut: Set<string>;
  result?: string;
}

/** Far more than run at once; by the clock there is another every hour, for months. */
const mostRuns = 32;

/** By when they began; the oldest are forgotten, whose jobs have long ended. */
function rememberRuns(): (since: number) => Run {
  const runs = new Map<number, Run>();
  return (since) => {
    const known = runs.get(since);
    if (known !== undefined) return known;
    const run: Run = { leftOut: new Set() };
    runs.set(since, run);
    for (const oldest of [...runs.keys()].slice(0, -mostRuns)) runs.delete(oldest);
    return run;
  };
}

function nothingRead(
  results: readonly RefreshResult[],
  failed: Extract<RefreshResult, { state: 'failed' }>,
): RackhelmError {
  const { message, hint } = failed.error;
  const text = results.length === 1 ? message : resultText(results);
  // No code of SSH, which would be taken for lost contact and tried again.
  return new RackhelmError('STEP_NOT_DONE', text, { hint });
}

function isThrough({ attemptedAt }: ReadableDevice, since: number): boolean {
  return attemptedAt !== null && attemptedAt >= since;
}

export function titleOf(
  devices: readonly ReadableDevice[],
  source: RefreshParams['source'],
): string {
  const [only] = devices;
  const what = devices.length === 1 && only ? only.name : formatCount(devices.length, 'device');
  return source === 'schedule' ? `Scheduled refresh of ${what}` : `Refresh ${what}`;
}

/** `Read 9 devices. 2 could not be read.` */
export function resultText(results: readonly RefreshResult[]): string {
  const count = (state: RefreshResult['state']) =>
    results.filter((each) => each.state === state).length;
  const [read, failed, skipped, cancelled] = [
    count('read'),
    count('failed'),
    count('skipped'),
    count('cancelled'),
  ];
  const parts = [`Read ${formatCount(read, 'device')}.`];
  if (failed > 0) parts.push(`${failed} could not be read.`);
  if (skipped > 0) parts.push(`${skipped} left out.`);
  if (cancelled > 0) parts.push(`${cancelled} not tried, since it was cancelled.`);
  return parts.join(' ');
}
