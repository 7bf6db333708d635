import { formatCount } from '../../../shared/model/amounts.ts';
import type { ReadingSource } from '../../../shared/model/readings.ts';
import type { Ask } from '../connections/ssh/index.ts';
import type { ReadableDevice, ReadingScope } from '../db/index.ts';
import type { Activities } from '../engine/activity/index.ts';
import type { Refresher, RefreshResult } from './refresh.ts';

export interface StartedRefresh {
  /** Null: nothing runs, since none of them has an SSH host. */
  readonly activityId: string | null;
  readonly devices: number;
  readonly withoutSsh: number;
}

/** Refreshes of many that run by themselves, shown as activities. */
export interface RefreshRuns {
  /** Returns at once. */
  start(scope: ReadingScope, source: ReadingSource): StartedRefresh;
  /** The same for devices that were chosen already; resolves when all of them are through. */
  run(devices: readonly ReadableDevice[], source: ReadingSource): Promise<readonly RefreshResult[]>;
  /** Ends all of them and waits until they have ended. */
  close(): Promise<void>;
}

export interface RefreshRunsOptions {
  readonly refresher: Refresher;
  readonly activities: Activities;
  readonly devicesOf: (scope: ReadingScope) => readonly ReadableDevice[];
  readonly report: (error: unknown) => void;
  /** Answers without a person. */
  readonly ask: Ask;
}

export function createRefreshRuns(options: RefreshRunsOptions): RefreshRuns {
  const { refresher, activities, devicesOf, report, ask } = options;
  const running = new Map<AbortController, Promise<readonly RefreshResult[]>>();

  function begin(devices: readonly ReadableDevice[], source: ReadingSource) {
    const stop = new AbortController();
    const activity = activities.start(titleOf(devices, source), { cancel: () => stop.abort() });
    let done = 0;
    activity.progress(done, devices.length);
    const work = refresher
      .refresh(devices, {
        source,
        ask,
        attended: false,
        signal: stop.signal,
        onResult(result) {
          done += 1;
          if (result.state === 'failed') activity.line(`${result.name}: ${result.error.message}`);
          activity.progress(done, devices.length);
        },
      })
      .then((results) => {
        activity.end(endState(results), resultText(results));
        return results;
      })
      .finally(() => running.delete(stop));
    running.set(stop, work);
    return { activityId: activity.id, work };
  }

  return {
    start(scope, source) {
      const devices = devicesOf(scope);
      const readable = devices.filter(({ sshHost }) => sshHost !== null && sshHost !== '');
      const counts = { devices: readable.length, withoutSsh: devices.length - readable.length };
      if (readable.length === 0) return { activityId: null, ...counts };
      const { activityId, work } = begin(readable, source);
      work.catch(report);
      return { activityId, ...counts };
    },
    run: (devices, source) => begin(devices, source).work,
    async close() {
      for (const stop of running.keys()) stop.abort();
      await Promise.allSettled(running.values());
    },
  };
}

function titleOf(devices: readonly ReadableDevice[], source: ReadingSource): string {
  const [only] = devices;
  const what = devices.length === 1 && only ? only.name : `${devices.length} devices`;
  return source === 'schedule' ? `Scheduled refresh of ${what}` : `Refresh ${what}`;
}

/** Failed only where nothing came of it: one machine that is off is told in the result. */
function endState(results: readonly RefreshResult[]): 'done' | 'failed' | 'cancelled' {
  if (results.some(({ state }) => state === 'cancelled')) return 'cancelled';
  const has = (state: RefreshResult['state']) => results.some((each) => each.state === state);
  return has('failed') && !has('read') ? 'failed' : 'done';
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
