/**
 * What K3s writes into its log while a node joins, in plain words. An agent that cannot join retries for
 * ever and its unit says "activating"; so the log is the only place where one learns why.
 *
 * Two generations of messages are known: those of 1.21, as they were provoked, and newer ones, as they
 * stand in K3s's source. Wording and rhythm are K3s's, not ours: a message that nobody knows here stays
 * an unknown line, it is never guessed at.
 */
export type JoinTrouble =
  | 'token-refused'
  | 'token-malformed'
  | 'other-cluster'
  | 'server-not-found'
  | 'server-refused'
  | 'server-unreachable'
  | 'server-no-answer'
  | 'server-not-https'
  | 'token-file-missing'
  | 'name-taken'
  | 'another-joins'
  | 'dead-member'
  | 'settings-differ'
  | 'range-differs'
  | 'no-quorum'
  | 'datastore-token'
  | 'clock-differs'
  | 'no-memory-cgroup'
  | 'secrets-unreadable'
  | 'port-taken'
  | 'no-default-route'
  | 'snapshot-cut';

/** How it goes on by itself: `ends`: the process gives up; `retries`: it never will; `passes`: normal. */
export type JoinCourse = 'ends' | 'retries' | 'passes';

export interface JoinMessage {
  readonly trouble: JoinTrouble;
  readonly course: JoinCourse;
  /** Seconds between two of the same in the log; null where it comes once. */
  readonly everySeconds: number | null;
  /** For a person: one sentence of what is wrong. */
  readonly says: string;
  /** What to do about it. */
  readonly hint: string;
}

interface Known extends JoinMessage {
  readonly pattern: RegExp;
}

/** A line longer than this is cut before it is looked at: patterns below are linear, lines are not ours. */
const MAX_LINE = 4_096;

const ASK_TOKEN =
  'Take the token anew from a server that runs: /var/lib/rancher/k3s/server/node-token, or a new one for agents.';

/** In order: the first that fits counts, so the closer one stands above the wider one. */
const KNOWN: readonly Known[] = [
  {
    pattern: /only https:\/\/ URLs are supported/,
    trouble: 'server-not-https',
    course: 'retries',
    everySeconds: 2,
    says: 'The address of the server has to begin with https://.',
    hint: 'Write it as https://SERVER:6443.',
  },
  {
    pattern: /invalid token (?:format|CA hash length)/,
    trouble: 'token-malformed',
    course: 'retries',
    everySeconds: 2,
    says: 'The token is not whole: it was cut, or something was pasted into it.',
    hint: ASK_TOKEN,
  },
  {
    pattern: /token CA hash does not match/,
    trouble: 'other-cluster',
    course: 'retries',
    everySeconds: 2,
    says: 'The token belongs to another cluster than the one that answers at this address.',
    hint: 'Compare address and token: the server shows another certificate than the token was made for.',
  },
  {
    pattern: /bootstrap data already found and encrypted with different token/,
    trouble: 'datastore-token',
    course: 'ends',
    everySeconds: null,
    says: 'The database that is here already was made with another token.',
    hint: 'Use the token that this database was made with, or take the leftovers of the former cluster away first.',
  },
  {
    pattern: /Waiting for \S{1,300} to be available/,
    trouble: 'token-file-missing',
    course: 'retries',
    everySeconds: 2,
    says: 'The file with the token is not there.',
    hint: 'token-file in config.yaml names a file that does not exist on the machine.',
  },
  {
    pattern:
      /Node password rejected|unable to verify password for node|node password not (?:set|match)/i,
    trouble: 'name-taken',
    course: 'retries',
    everySeconds: 5,
    says: 'The cluster knows a node of this name with another password.',
    hint: 'Either another machine has this name, or this one was set up anew: delete its old Node object with its password secret, or choose another name.',
  },
  {
    pattern:
      /too many learner members in cluster|Waiting for other members to finish joining etcd cluster/,
    trouble: 'another-joins',
    course: 'retries',
    everySeconds: 1,
    says: 'Another server is joining just now; only one can at a time.',
    hint: 'Wait until the other one is a full member, then try again.',
  },
  {
    pattern: /has not yet been promoted from learner to voting member/,
    trouble: 'another-joins',
    course: 'passes',
    everySeconds: 15,
    says: 'The server is catching up before it becomes a full member.',
    hint: 'This is normal and takes a while.',
  },
  {
    pattern: /etcdserver: unhealthy cluster/,
    trouble: 'dead-member',
    course: 'ends',
    everySeconds: null,
    says: 'A member of etcd that does not run is still in its list, so nobody else may join.',
    hint: 'Look at the members, and take the dead one out before the next one joins.',
  },
  {
    pattern: /critical configuration (?:value )?mismatch/,
    trouble: 'settings-differ',
    course: 'ends',
    everySeconds: null,
    says: 'Settings that have to be the same on all servers differ from those of the others.',
    hint: 'Take cluster-cidr, service-cidr, cluster-dns, cluster-domain, disable and the others from a server that runs.',
  },
  {
    pattern: /not within (?:the )?service CIDR/,
    trouble: 'range-differs',
    course: 'retries',
    everySeconds: null,
    says: 'This server was given another range of addresses for services than the cluster has.',
    hint: 'Set service-cidr and cluster-cidr as on the servers that run; the node has to join anew.',
  },
  {
    pattern:
      /Failed to test data store connection|failed to check etcd cluster members.*deadline|etcdserver: no leader/,
    trouble: 'no-quorum',
    course: 'retries',
    everySeconds: 15,
    says: 'The servers that run are too few to decide anything: etcd has no majority.',
    hint: 'Bring a server back that is down; where none comes back, reset the cluster from a snapshot.',
  },
  {
    pattern: /illegal base64 data/,
    trouble: 'secrets-unreadable',
    course: 'retries',
    everySeconds: null,
    says: 'The secrets of the cluster are encrypted, and this server was started without knowing it.',
    hint: 'Start it with secrets-encryption: true, as the other servers.',
  },
  {
    pattern: /snapshot missing hash|snapshot hash (?:mismatch|does not match)/,
    trouble: 'snapshot-cut',
    course: 'ends',
    everySeconds: null,
    says: 'The snapshot is not whole; the former database was moved aside before that was noticed.',
    hint: 'Use another snapshot. The former database lies beside it as etcd-old-….',
  },
  {
    pattern: /certificate has expired or is not yet valid/,
    trouble: 'clock-differs',
    course: 'retries',
    everySeconds: 5,
    says: 'A certificate is not valid at this moment: the clock of this machine is wrong, or the certificate has run out.',
    hint: 'Compare the time of both machines first; a Pi has no clock that runs without power.',
  },
  {
    pattern:
      /failed to find memory cgroup|memory cgroup (?:is )?(?:not enabled|disabled|missing)|cgroup.{0,40}memory.{0,40}(?:not found|missing)/i,
    trouble: 'no-memory-cgroup',
    course: 'ends',
    everySeconds: null,
    says: 'The kernel does not count memory by group, which containers need.',
    hint: 'On a Pi: cgroup_memory=1 cgroup_enable=memory in cmdline.txt, then restart. Rackhelm mends this before a join.',
  },
  {
    pattern: /bind: address already in use/,
    trouble: 'port-taken',
    course: 'ends',
    everySeconds: null,
    says: 'Another program on this machine has a port that K3s needs.',
    hint: 'The line names the port; often it is what is left of an earlier K3s.',
  },
  {
    pattern:
      /no default routes? (?:found|in)|unable to (?:select|find) (?:an )?IP.{0,40}default route/i,
    trouble: 'no-default-route',
    course: 'ends',
    everySeconds: null,
    says: 'The machine has no default route, so K3s cannot tell which address is its own.',
    hint: 'Give it a default route, or set node-ip and flannel-iface.',
  },
  {
    pattern: /401 Unauthorized|: not authorized|\bnot authorized\b/,
    trouble: 'token-refused',
    course: 'retries',
    everySeconds: 5,
    says: 'The server does not accept the token.',
    hint: `${ASK_TOKEN} A token for agents does not let a server join.`,
  },
  {
    pattern: /Temporary failure in name resolution|no such host|server misbehaving/,
    trouble: 'server-not-found',
    course: 'retries',
    everySeconds: 10,
    says: 'The name of the server cannot be resolved on this machine.',
    hint: 'Use the address of the server, or mend the DNS of this machine.',
  },
  {
    pattern: /no route to host|network is unreachable|i\/o timeout/,
    trouble: 'server-unreachable',
    course: 'retries',
    everySeconds: 8,
    says: 'The server is not reached from this machine.',
    hint: 'Look whether it is up, in which VLAN both are, and whether a firewall drops port 6443.',
  },
  {
    pattern: /connection refused/,
    trouble: 'server-refused',
    course: 'retries',
    everySeconds: 2,
    says: 'Nothing listens at that address and port.',
    hint: 'A K3s server listens at 6443: look at the port in the address, and whether K3s runs there.',
  },
  {
    // The agent's own load balancer at 127.0.0.1:6444 stands in the message, not the server.
    pattern: /failed to (?:get|retrieve) CA certs/i,
    trouble: 'server-no-answer',
    course: 'retries',
    everySeconds: 2,
    says: 'At the address of the server nobody answers as K3s does.',
    hint: 'The line names 127.0.0.1:6444, which is the node itself; look at the address and the port (6443) of the server.',
  },
];

/**
 * Kubernetes within K3s writes into the same log, and etcd does: while they start they fail to reach each
 * other, and later a registry, in the same words in which K3s fails to reach a server.
 */
const OF_PARTS = /^(?:[IWEF]\d{4} |\{"level":)/;
const OF_THE_WAY: ReadonlySet<JoinTrouble> = new Set([
  'token-refused',
  'server-not-found',
  'server-refused',
  'server-unreachable',
  'server-no-answer',
]);

/** A joining server ends on these, where an agent tries for ever. */
const FATAL = /level=fatal|^panic:|\bpanic: /;

/**
 * The trouble that a line of K3s's log tells of; null for every line that is normal or unknown. A joining
 * server ends where an agent retries: the level of the line says which it was.
 */
export function joinMessage(line: string): JoinMessage | null {
  const text = line.slice(0, MAX_LINE);
  const known = KNOWN.find(({ pattern }) => pattern.test(text));
  if (!known || (OF_THE_WAY.has(known.trouble) && OF_PARTS.test(text))) return null;
  const { pattern: _, ...message } = known;
  if (FATAL.test(text)) return { ...message, course: 'ends', everySeconds: null };
  return message;
}
