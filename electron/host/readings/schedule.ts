import type { ReadingSchedule } from '../../../shared/model/readings.ts';
import type { ReadableDevice, ReadingScope } from '../db/index.ts';
import type { ScheduledWork, Schedules } from '../engine/schedules/index.ts';
import { isReady } from './ready-device.ts';
import { refreshRequest } from './runs.ts';

const key = 'refresh';

/** Refreshes all devices every so often. Off until a person turns it on. */
export interface ScheduledRefresh {
  get(): ReadingSchedule;
  set(everyMinutes: number | null): ReadingSchedule;
}

/** All that are due: what has failed again and again is tried less often. */
export function scheduledRefresh(
  devicesOf: (scope: ReadingScope) => readonly ReadableDevice[],
): ScheduledWork {
  return {
    key,
    kind: 'refresh',
    job({ at, timing }) {
      const everyMs = 'everyMinutes' in timing ? timing.everyMinutes * 60_000 : null;
      const devices = devicesOf({ all: true }).filter((device) => isReady(device, at, everyMs));
      if (devices.length === 0) return null;
      const scope = { all: true } as const;
      return refreshRequest(devices, { scope, source: 'schedule', since: at, everyMs });
    },
  };
}

export function createSchedule(schedules: Schedules): ScheduledRefresh {
  const get = (): ReadingSchedule => {
    const schedule = schedules.get(key);
    const { timing, enabled = false, ranAt = null } = schedule ?? {};
    const everyMinutes = enabled && timing && 'everyMinutes' in timing ? timing.everyMinutes : null;
    return { everyMinutes, ranAt };
  };
  return {
    get,
    set(everyMinutes) {
      schedules.set(key, everyMinutes === null ? null : { everyMinutes });
      return get();
    },
  };
}
