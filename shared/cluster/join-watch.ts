import { type JoinMessage, type JoinTrouble, joinMessage } from './k3s-log.ts';

/** What the log says about a join so far. */
export interface JoinStanding {
  /** Null: nothing wrong that is known. */
  readonly message: JoinMessage | null;
  /** The line that says so, as it came. */
  readonly line: string | null;
  /** How often that trouble was told. */
  readonly times: number;
  /** It will not come right by itself. */
  readonly stuck: boolean;
}

/** What is told of once may be a server that still starts; told again in its rhythm, it stays. */
const SEEN_TO_BE_STUCK = 2;

/** What passes by itself, given time: others join, a server is starting. */
const MAY_PASS: ReadonlySet<JoinTrouble> = new Set([
  'another-joins',
  'server-refused',
  'server-no-answer',
  'no-quorum',
]);
const MAY_PASS_TIMES = 15;

const NOTHING: JoinStanding = { message: null, line: null, times: 0, stuck: false };

/**
 * Follows the log of a join. What the process ends on counts at once; what it retries, once it was told
 * in its rhythm; what others have to finish first, only after many times.
 */
export interface JoinWatch {
  /** Takes the next line and says how it stands. */
  next(line: string): JoinStanding;
  readonly standing: JoinStanding;
}

export function createJoinWatch(): JoinWatch {
  let standing = NOTHING;
  const times = new Map<JoinTrouble, number>();
  return {
    next(line) {
      const message = joinMessage(line);
      if (!message || message.course === 'passes') return standing;
      const count = (times.get(message.trouble) ?? 0) + 1;
      times.set(message.trouble, count);
      // What ended it stays the reason, whatever else is written on the way out.
      if (standing.message?.course === 'ends') return standing;
      standing = { message, line, times: count, stuck: isStuck(message, count) };
      return standing;
    },
    get standing() {
      return standing;
    },
  };
}

function isStuck(message: JoinMessage, times: number): boolean {
  if (message.course === 'ends') return true;
  return times >= (MAY_PASS.has(message.trouble) ? MAY_PASS_TIMES : SEEN_TO_BE_STUCK);
}
