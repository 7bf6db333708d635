/** Ages as kubectl writes them, for columns that are read down: `45s`, `12m`, `3h20m`, `5d4h`, `2y30d`. */

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

export function formatAge(ms: number): string {
  if (ms < second) return '0s';
  if (ms < 2 * minute) return `${Math.floor(ms / second)}s`;
  if (ms < 10 * minute) return pair(ms, [minute, 'm'], [second, 's']);
  if (ms < 3 * hour) return `${Math.floor(ms / minute)}m`;
  if (ms < 8 * hour) return pair(ms, [hour, 'h'], [minute, 'm']);
  if (ms < 2 * day) return `${Math.floor(ms / hour)}h`;
  if (ms < 8 * day) return pair(ms, [day, 'd'], [hour, 'h']);
  if (ms < 2 * year) return `${Math.floor(ms / day)}d`;
  return pair(ms, [year, 'y'], [day, 'd']);
}

type Unit = readonly [ms: number, letter: string];

function pair(ms: number, [large, first]: Unit, [small, second]: Unit): string {
  const rest = Math.floor((ms % large) / small);
  const head = `${Math.floor(ms / large)}${first}`;
  return rest === 0 ? head : `${head}${rest}${second}`;
}

/** In a sentence: `40 seconds`, `12 minutes`, `3 hours`, `5 days`. */
export function formatSpan(ms: number): string {
  const units: readonly Unit[] = [
    [day, 'day'],
    [hour, 'hour'],
    [minute, 'minute'],
    [second, 'second'],
  ];
  for (const [length, word] of units) {
    const count = Math.floor(ms / length);
    if (count >= 1) return `${count} ${word}${count === 1 ? '' : 's'}`;
  }
  return 'a moment';
}
