import { exitMeaning } from '../cluster/pods/exit-words.ts';
import { type ClusterStatus, said, statusOf } from '../cluster/status.ts';

/** How a container stands, from a list or from a look at it alone. */
export interface ContainerState {
  /** `running`, `exited`, `restarting` … as the engine says. */
  readonly state: string;
  /** Null where there is no such check. */
  readonly health: 'starting' | 'healthy' | 'unhealthy' | null;
  /** Null where it runs, or nobody knows. */
  readonly exitCode: number | null;
  /** Null: nobody has looked. */
  readonly outOfMemory: boolean | null;
  readonly restarts: number | null;
  /** What the engine says went wrong, such as at its start. */
  readonly error: string;
  /** Of this state, UTC milliseconds. */
  readonly since: number | null;
}

/** Started again so often it is called a loop, also in a moment in which it runs. */
const loopRestarts = 3;
/** One that ran so long since its last start has come to rest. */
const calmMs = 10 * 60_000;

/** In words, for a column and for a sentence. */
export function containerStatus(state: ContainerState, now: number): ClusterStatus {
  const { since, restarts } = state;
  switch (state.state) {
    case 'running':
      return runningStatus(state, now);
    case 'restarting':
      return statusOf('bad', 'Restarting', restartText(state), since);
    case 'paused':
      return statusOf('warn', 'Paused', 'its processes are held until it is resumed', since);
    case 'created':
      return state.error === ''
        ? statusOf('ended', 'Created', 'it was never started', since)
        : statusOf('bad', 'Cannot start', startText(state), since);
    case 'removing':
      return statusOf('busy', 'Being deleted', null, since);
    case 'dead':
      return statusOf('bad', 'Dead', 'the engine could not delete it whole', since);
    case 'exited':
    case 'stopped':
      return endedStatus(state);
    default:
      return statusOf('unknown', said(state.state) || 'Unknown', restarts ? null : null, since);
  }
}

function runningStatus(state: ContainerState, now: number): ClusterStatus {
  const { health, restarts, since } = state;
  if (health === 'unhealthy') return statusOf('bad', 'Unhealthy', 'its health check fails', since);
  if (restarts !== null && restarts >= loopRestarts && since !== null && now - since < calmMs)
    return statusOf('warn', 'Restarted', `started again ${restarts} times so far`, since);
  if (health === 'starting')
    return statusOf('busy', 'Starting', 'its health check has not passed yet', since);
  return statusOf('well', health === 'healthy' ? 'Healthy' : 'Running', null, since);
}

/** Codes of one that was asked to end, and did. */
const asked: ReadonlySet<number> = new Set([130, 143]);

function endedStatus(state: ContainerState): ClusterStatus {
  const { exitCode, outOfMemory, error, since } = state;
  if (
    error !== '' &&
    (exitCode === null || exitCode === 127 || exitCode === 126 || exitCode === 128)
  )
    return statusOf('bad', 'Cannot start', startText(state), since);
  if (exitCode === null) return statusOf('unknown', 'Ended', 'nobody knows how', since);
  if (outOfMemory === true) return statusOf('bad', 'Out of memory', exitWords(state), since);
  if (exitCode === 0) return statusOf('ended', 'Ended', 'without an error', since);
  if (asked.has(exitCode)) return statusOf('ended', 'Stopped', exitWords(state), since);
  if (exitCode === 137) return statusOf('warn', 'Killed', exitWords(state), since);
  return statusOf('bad', 'Failed', exitWords(state), since);
}

/** `code 137: killed by SIGKILL`, with who may have done it. */
export function exitWords({ exitCode, outOfMemory }: ContainerState): string {
  if (exitCode === null) return 'nobody knows how it ended';
  if (outOfMemory === true)
    return `code ${exitCode}: killed, since it took more memory than it may`;
  if (exitCode === 137) {
    return outOfMemory === false
      ? 'code 137: killed by SIGKILL; not for its own memory limit, so by somebody, by a stop that took too long, or by a machine without memory'
      : 'code 137: killed by SIGKILL, for its memory or by somebody';
  }
  const meaning = exitMeaning(exitCode) ?? signalWords(exitCode);
  return `code ${exitCode}${meaning === null ? '' : `: ${meaning}`}`;
}

function signalWords(code: number): string | null {
  return code > 128 && code < 193 ? `ended by signal ${code - 128}` : null;
}

function restartText(state: ContainerState): string {
  const { restarts, error, exitCode } = state;
  const times = restarts !== null && restarts > 1 ? `, started again ${restarts} times` : '';
  const how = error === '' ? (exitCode === null ? '' : exitWords(state)) : said(error);
  return `it ends and is started again${times}${how === '' ? '' : `: ${how}`}`;
}

/** What engines say when a container does not start; the first that fits counts. */
const startCauses: readonly (readonly [RegExp, string])[] = [
  [/port is already allocated|address already in use/i, 'a port of it is taken by something else'],
  [
    /executable file not found|exec: .*no such file or directory/i,
    'its command was not found in the image',
  ],
  [/permission denied/i, 'something it starts with may not be run or read'],
  [/could not select device driver|nvidia|cdi/i, 'the engine cannot give it a GPU'],
  [
    /bind source path does not exist|no such file or directory/i,
    'a folder or file that it mounts is not there',
  ],
  [/no space left on device/i, 'the disk is full'],
  [/exec format error/i, 'its image was built for another processor'],
];

function startText({ error }: ContainerState): string {
  const words = said(error);
  const [, cause] = startCauses.find(([pattern]) => pattern.test(error)) ?? [];
  return cause === undefined ? words : `${cause} (${words})`;
}
