import type { ContainerState } from './container-state.ts';

const units: Readonly<Record<string, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30 * 86_400_000,
  year: 365 * 86_400_000,
};

type Told = Pick<ContainerState, 'health' | 'exitCode' | 'since'>;

/**
 * What a list tells of a state: `Up 3 hours (healthy)`, `Exited (137) 4 minutes ago`. How long ago is
 * told in words only, so that `since` is about right.
 */
export function readStatusText(text: string, now: number): Told {
  const [, code] = /^(?:Exited|Restarting) \((-?\d{1,6})\)/.exec(text) ?? [];
  const [, health] = /\((healthy|unhealthy|health: starting|starting)\)/.exec(text) ?? [];
  return {
    exitCode: code === undefined ? null : Number(code),
    health: healthOf(health),
    since: sinceOf(text, now),
  };
}

function healthOf(word: string | undefined): Told['health'] {
  if (word === 'healthy' || word === 'unhealthy') return word;
  return word === undefined ? null : 'starting';
}

function sinceOf(text: string, now: number): number | null {
  if (/Less than a second/.test(text)) return now;
  const [, count, unit] =
    /(\d{1,6}|About an?) (second|minute|hour|day|week|month|year)s?/.exec(text) ?? [];
  const length = units[unit ?? ''];
  if (length === undefined) return null;
  const times = Number(count);
  return now - length * (Number.isNaN(times) ? 1 : times);
}
