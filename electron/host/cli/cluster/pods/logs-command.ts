import type {
  LogSource,
  PodLogEvent,
  PodLogLine,
} from '../../../../../shared/cluster/pods/pod-log.ts';
import type { Pods } from '../../../cluster/index.ts';
import { newId } from '../../../db/index.ts';
import type { Installation } from '../../../installation.ts';
import { Exit, exitCodes } from '../../run-command.ts';
import { print, printJson, tell } from '../../terminal/output.ts';
import { objectNamed, type PodOptions, withPods } from './pods-session.ts';

export interface LogsOptions extends PodOptions {
  readonly follow?: true;
  readonly previous?: true;
  readonly container?: readonly string[];
  readonly search?: string;
  readonly tail: number;
  /** Seconds. */
  readonly since?: number;
  readonly timestamps?: true;
}

const pageLines = 2_000;
/** Of each container; all together are bounded as well. */
const mostLines = 50_000;

/** `rackhelm cluster logs [KIND/]NAME`. */
export function showLogs(
  installation: Installation,
  named: string,
  options: LogsOptions,
): Promise<void> {
  return withPods(installation, options, async ({ pods, contextId, signal }) => {
    const id = newId();
    const { container = [], previous = false, follow = false, tail, since, search = '' } = options;
    const asked = {
      ...{ id, contextId, search, ...objectNamed(named, options) },
      ...{
        containers: [...container],
        previous,
        follow,
        tail: Math.min(tail, mostLines),
        sinceSeconds: since ?? null,
      },
    };
    const shown = new ShownLog(options);
    for await (const event of pods.logs.follow(asked, signal)) {
      if (event.type === 'start' && event.earlier) {
        shown.before(await earlierLines(pods.logs, { id, search, lines: event.lines }));
      }
      // Of many lines at once only the newest come with it.
      if (event.type === 'lines' && event.skipped > 0) {
        const { lines } = await pods.logs.read({ id, before: null, search, limit: pageLines });
        shown.lines(lines);
      }
      shown.take(event);
    }
    shown.fail();
  });
}

interface Known {
  readonly id: string;
  readonly search: string;
  readonly lines: readonly PodLogLine[];
}

/** What is held beside the newest. */
async function earlierLines(
  logs: Pods['logs'],
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
  readonly #options: LogsOptions;
  #sources = new Map<number, LogSource>();
  readonly #told = new Map<number, string>();
  readonly #waiting: PodLogLine[] = [];
  newest = 0;

  constructor(options: LogsOptions) {
    this.#options = options;
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
      if (line.seq <= this.newest) continue;
      this.newest = line.seq;
      this.#line(line);
    }
  }

  /** Where nothing could be read at all, the command has failed. */
  fail(): void {
    const all = [...this.#sources.values()];
    if (all.length === 0) tell('It has no pods.\n');
    else if (all.every(({ state }) => state === 'failed')) throw new Exit(exitCodes.failed);
  }

  #line({ at, source, kind, text, cut }: PodLogLine): void {
    const { pod, container } = this.#sources.get(source) ?? { pod: '', container: '' };
    const time = new Date(at).toISOString();
    if (this.#options.json) printJson({ at: time, pod, container, kind, text, cut });
    else {
      const where = this.#sources.size > 1 ? `${pod}/${container}: ` : '';
      const stamp = this.#options.timestamps ? `${time} ` : '';
      print(`${where}${stamp}${text}${cut ? ' …' : ''}\n`);
    }
  }

  #tellState({ index, pod, container, state, why }: LogSource): void {
    if (why === null || this.#told.get(index) === why) return;
    this.#told.set(index, why);
    if (state !== 'ended') tell(`${pod}/${container}: ${why}\n`);
  }
}
