import type {
  LogSource,
  PodLogEvent,
  PodLogLine,
} from '../../../../shared/cluster/pods/pod-log.ts';
import type { LogBook } from '../../log-following/index.ts';
import { Exit, exitCodes } from '../run-command.ts';
import { print, printJson, tell } from './output.ts';

const pageLines = 2_000;

export interface ShownLogOptions {
  readonly timestamps?: true;
  readonly json?: true;
}

/** Prints a log that is followed until it ends, its earlier lines first. */
export async function showLog(
  logs: Pick<LogBook, 'read'>,
  followed: AsyncIterable<PodLogEvent>,
  { id, search, options, none }: ShowLog,
): Promise<void> {
  const shown = new ShownLog(options, none);
  for await (const event of followed) {
    if (event.type === 'start' && event.earlier) {
      shown.before(await earlierLines(logs, { id, search, lines: event.lines }));
    }
    // Of many lines at once only the newest come with it.
    if (event.type === 'lines' && event.skipped > 0) {
      const { lines } = await logs.read({ id, before: null, search, limit: pageLines });
      shown.lines(lines);
    }
    shown.take(event);
  }
  shown.fail();
}

export interface ShowLog {
  readonly id: string;
  readonly search: string;
  readonly options: ShownLogOptions;
  /** What is told where nothing has a log. */
  readonly none: string;
}

interface Known {
  readonly id: string;
  readonly search: string;
  readonly lines: readonly PodLogLine[];
}

/** What is held beside the newest. */
async function earlierLines(
  logs: Pick<LogBook, 'read'>,
  { id, search, lines: [first] }: Known,
): Promise<readonly PodLogLine[]> {
  const pages: PodLogLine[][] = [];
  for (let before = first?.seq ?? null; before !== null; ) {
    const { lines, more } = await logs.read({ id, before, search, limit: pageLines });
    pages.unshift(lines);
    before = more ? (lines[0]?.seq ?? null) : null;
  }
  return pages.flat();
}

class ShownLog {
  readonly #options: ShownLogOptions;
  readonly #none: string;
  #sources = new Map<number, LogSource>();
  readonly #told = new Map<number, string>();
  readonly #waiting: PodLogLine[] = [];
  #newest = 0;

  constructor(options: ShownLogOptions, none: string) {
    this.#options = options;
    this.#none = none;
  }

  take(event: PodLogEvent): void {
    if (event.type === 'start') {
      // Whose they are is told next.
      this.#waiting.push(...event.lines);
    } else if (event.type === 'sources') {
      this.#sources = new Map(event.sources.map((source) => [source.index, source]));
      this.lines(this.#waiting.splice(0));
      for (const source of event.sources) this.#tellState(source);
      if (event.more > 0) tell(`${event.more} more containers are not read.\n`);
    } else this.lines(event.lines);
  }

  /** Those that come before the first that are told. */
  before(lines: readonly PodLogLine[]): void {
    this.#waiting.push(...lines);
  }

  lines(lines: readonly PodLogLine[]): void {
    for (const line of lines) {
      if (line.seq <= this.#newest) continue;
      this.#newest = line.seq;
      this.#line(line);
    }
  }

  /** Where nothing could be read at all, the command has failed. */
  fail(): void {
    const all = [...this.#sources.values()];
    if (all.length === 0) tell(`${this.#none}\n`);
    else if (all.every(({ state }) => state === 'failed')) throw new Exit(exitCodes.failed);
  }

  #line({ at, source, kind, text, cut }: PodLogLine): void {
    const { pod, container } = this.#sources.get(source) ?? { pod: '', container: '' };
    const time = new Date(at).toISOString();
    if (this.#options.json) printJson({ at: time, pod, container, kind, text, cut });
    else {
      const where = this.#sources.size > 1 ? `${named(pod, container)}: ` : '';
      const stamp = this.#options.timestamps ? `${time} ` : '';
      print(`${where}${stamp}${text}${cut ? ' …' : ''}\n`);
    }
  }

  #tellState({ index, pod, container, state, why }: LogSource): void {
    if (why === null || this.#told.get(index) === why) return;
    this.#told.set(index, why);
    if (state !== 'ended') tell(`${named(pod, container)}: ${why}\n`);
  }
}

function named(pod: string, container: string): string {
  return container === '' ? pod : `${pod}/${container}`;
}
