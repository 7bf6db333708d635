import { quote } from '../../../connections/ssh/index.ts';
import { linesOf, type Part } from '../../../engine/phases/index.ts';
import type { InitSystem } from './unit-text.ts';

/** As many lines at one look; what is older is passed over, the troubles come again in their rhythm. */
const MOST_LINES = 400;

/** Where in the log we are: a cursor of the journal, or how many bytes of a file were read. */
export interface LogPlace {
  readonly cursor: string | null;
  readonly bytes: number;
}

/** For a look: where the log ends now, so that only what comes afterwards is read. */
export function logEnd(init: InitSystem, service: string): string {
  return init === 'systemd'
    ? `journalctl -u ${service} -n 0 --show-cursor --no-pager 2>/dev/null; true`
    : `wc -c <${logFile(service)} 2>/dev/null || echo 0`;
}

/** For a look: what the log says since then. */
export function logSince(init: InitSystem, service: string, { cursor, bytes }: LogPlace): string {
  if (init === 'systemd') {
    const since = cursor === null ? '' : ` --after-cursor=${quote(cursor)}`;
    return `journalctl -u ${service} -o cat -n ${MOST_LINES} --show-cursor --no-pager${since} 2>&1; true`;
  }
  // A log that became shorter was begun anew.
  const file = logFile(service);
  return [
    `n=$(wc -c <${file} 2>/dev/null || echo 0)`,
    `from=${bytes}`,
    '[ "$n" -ge "$from" ] || from=0',
    `tail -c +$((from + 1)) ${file} 2>/dev/null | head -c 131072`,
    'echo',
    'echo "-- bytes: $n"',
  ].join('\n');
}

const logFile = (service: string) => `/var/log/${service}.log`;

/** The lines that came, and where the next look begins. */
export function readLog(part: Part, before: LogPlace): { lines: string[]; place: LogPlace } {
  let place = before;
  const lines = linesOf(part).filter((line) => {
    const cursor = /^-- cursor: (\S{1,400})$/.exec(line)?.[1];
    const bytes = /^-- bytes: (\d{1,15})$/.exec(line)?.[1];
    if (cursor !== undefined) place = { ...place, cursor };
    if (bytes !== undefined) place = { ...place, bytes: Number(bytes) };
    return cursor === undefined && bytes === undefined && !/^-- No entries --$/.test(line);
  });
  return { lines, place };
}

/** From the answer to `logEnd`. */
export function readLogEnd(part: Part): LogPlace {
  const { place } = readLog(part, { cursor: null, bytes: 0 });
  const bytes = /^\s*(\d{1,15})\s*$/.exec(part.text)?.[1];
  return bytes === undefined ? place : { ...place, bytes: Number(bytes) };
}
