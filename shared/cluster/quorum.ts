/** One server of a control plane, as far as its datastore goes. */
export interface ServerMember {
  readonly name: string;
  /** A learner catches up and has no vote; a server on SQLite is the only voter there is. */
  readonly vote: 'voter' | 'learner';
  /** `unknown`: nobody could look. It counts as down wherever a majority is at stake. */
  readonly state: 'up' | 'down' | 'unknown';
}

/** How many voters have to be up so that anything can be decided. */
export function majorityOf(voters: number): number {
  return Math.floor(voters / 2) + 1;
}

/** How many of so many voters may fail. */
export function mayFail(voters: number): number {
  return Math.max(0, voters - majorityOf(voters));
}

export type QuorumVerdict =
  | {
      readonly allowed: true;
      readonly says: string;
      /**
       * The others have no majority while it is stopped and still in the list (two servers): it has to
       * be taken out of etcd's list while it runs. Else it is stopped first, so that it cannot rejoin.
       */
      readonly deleteMemberFirst: boolean;
    }
  | {
      readonly allowed: false;
      readonly why:
        | 'last-server'
        | 'below-majority'
        | 'no-majority-now'
        | 'learner-waits'
        | 'not-a-member';
      readonly says: string;
    };

/**
 * May this server go away: for a while (`pause`: restart, drain, upgrade) or for good (`leave`)? Nothing
 * may take a control plane below its majority. For good the list gets shorter too, so it is asked again
 * for the shorter list.
 */
export function mayGoAway(
  members: readonly ServerMember[],
  name: string,
  how: 'pause' | 'leave',
): QuorumVerdict {
  const member = members.find((other) => other.name === name);
  if (!member) return refuse('not-a-member', `${name} is no server of this cluster.`);
  const voters = members.filter(({ vote }) => vote === 'voter');
  const up = voters.filter(({ state }) => state === 'up').length;
  const needed = majorityOf(voters.length);
  if (how === 'leave' && members.length === 1)
    return refuse('last-server', `${name} is the only server: without it there is no cluster.`);
  if (member.vote === 'learner') return allow(`${name} has no vote yet.`);
  if (voters.length === 1) return singleVoter(name, how);
  const catching = members.find(({ vote, name: other }) => vote === 'learner' && other !== name);
  if (catching)
    return refuse(
      'learner-waits',
      `${catching.name} is still joining. Wait until it is a full member: one change at a time.`,
    );
  if (up < needed)
    return refuse(
      'no-majority-now',
      `Only ${up} of ${voters.length} servers are known to be up, and ${needed} are needed. Bring one back first.`,
    );
  const left = member.state === 'up' ? up - 1 : up;
  const counted = how === 'leave' ? voters.length - 1 : voters.length;
  if (left < majorityOf(counted))
    return refuse(
      'below-majority',
      `${up} of ${voters.length} servers are known to be up: without ${name} nothing could be decided any more.`,
    );
  return allow(afterwards(name, counted, left), how === 'leave' && left < needed);
}

export type JoinVerdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly says: string };

/** What is known of a server that may have a vote. */
export interface ServerStanding {
  readonly name: string;
  readonly ready: 'ready' | 'not-ready' | 'unknown';
  readonly etcd: 'voter' | 'learner' | null;
}

/**
 * May another server join? etcd takes one learner at a time, and one that joins while a member is down
 * makes a majority dearer: what is dead has to be taken out first.
 */
export function mayJoin(servers: readonly ServerStanding[]): JoinVerdict {
  const learner = servers.find(({ etcd }) => etcd === 'learner');
  if (learner)
    return {
      allowed: false,
      says: `${learner.name} is still joining; only one server can at a time.`,
    };
  const down = servers.find(({ ready }) => ready !== 'ready');
  if (down)
    return {
      allowed: false,
      says: `The server ${down.name} does not answer. Bring it back, or take it out of the cluster, before another one joins.`,
    };
  return { allowed: true };
}

/** One server alone: a pause stops the API for as long, which a person may want. */
function singleVoter(name: string, how: 'pause' | 'leave'): QuorumVerdict {
  return how === 'pause'
    ? allow(
        `${name} is the only server: the API is away until it is back. What runs goes on running.`,
      )
    : refuse('last-server', `${name} is the only server with a vote.`);
}

function afterwards(name: string, voters: number, up: number): string {
  const more = up - majorityOf(voters);
  const spare = more <= 0 ? 'none of them may fail meanwhile' : `${more} more may fail meanwhile`;
  return `Without ${name} ${up} of ${voters} servers are up; ${spare}.`;
}

function allow(says: string, deleteMemberFirst = false): QuorumVerdict {
  return { allowed: true, says, deleteMemberFirst };
}

function refuse(
  why: Exclude<QuorumVerdict, { allowed: true }>['why'],
  says: string,
): QuorumVerdict {
  return { allowed: false, why, says };
}
