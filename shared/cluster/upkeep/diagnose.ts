import { type JoinTrouble, joinMessage } from '../k3s-log.ts';
import { said } from '../status.ts';
import { joinObjection, parseClusterVersion } from '../version.ts';
import type { ClusterNode } from './cluster-node.ts';

/** What was seen on the machine of a node that does not come back. */
export interface SeenNode {
  readonly isInstalled: boolean;
  readonly enabled: boolean;
  readonly running: boolean;
  readonly version: string | null;
  /** Whether /etc/rancher/node/password is there. */
  readonly hasPassword: boolean;
  /** Seconds that its clock is ahead of ours; null: it does not tell. */
  readonly clockAhead: number | null;
  /** `https://10.0.10.11:6443`; null: it joins nobody. */
  readonly server: string | null;
  /** Of the authority that answers at the server; null: nobody answers there. */
  readonly answeringCa: string | null;
  /** Of the authority that its token names; null: it names none. */
  readonly tokenCa: string | null;
  /** The last lines of its log. */
  readonly log: readonly string[];
}

export interface DoctorCase {
  readonly name: string;
  /** As the cluster knows it; null: not at all. */
  readonly node: ClusterNode | null;
  readonly nodes: readonly ClusterNode[];
  /** Whether the cluster keeps a password of that name; null: it may not be read. */
  readonly passwordKept: boolean | null;
  readonly seen: SeenNode;
}

/** What a phase can do about it. */
export type DoctorFix = 'forget-password' | 'start-k3s';

export interface Diagnosis {
  readonly weight: 'warning' | 'info';
  /** What was found, and what to do where no phase does it. */
  readonly says: string;
  readonly fix: DoctorFix | null;
}

const mostClockSeconds = 30;

/** What keeps a node from coming back, what comes first first. */
export function diagnose(doctor: DoctorCase): Diagnosis[] {
  const { seen } = doctor;
  const found = [
    ...ofNode(doctor),
    ...(seen.isInstalled
      ? [...ofService(seen), ...ofPassword(doctor), ...ofWay(seen), ...ofVersion(doctor)]
      : [trouble('K3s is not installed there. Bring the machine in by onboarding.')]),
    ...ofMembers(doctor),
    ...ofLog(seen),
  ];
  const isClear = found.every(({ weight }) => weight === 'info');
  return isClear
    ? [...found, note('Nothing of what is known keeps it away. Look at what its log says.')]
    : found;
}

const trouble = (says: string, fix: DoctorFix | null = null): Diagnosis => ({
  ...{ weight: 'warning', says, fix },
});
const note = (says: string): Diagnosis => ({ weight: 'info', says, fix: null });

function ofNode({ name, node }: DoctorCase): Diagnosis[] {
  if (node === null)
    return [note(`The cluster has no node ${said(name)}: K3s registers it as it starts.`)];
  return node.ready === 'ready' ? [note(`${said(name)} answers its cluster.`)] : [];
}

function ofService({ enabled, running, clockAhead }: SeenNode): Diagnosis[] {
  const clock = Math.abs(clockAhead ?? 0);
  return [
    ...(running ? [] : [trouble('K3s does not run there.', 'start-k3s')]),
    ...(enabled ? [] : [trouble('K3s does not start with the machine.', 'start-k3s')]),
    ...(clock > mostClockSeconds
      ? [
          trouble(
            `Its clock is ${Math.round(clock)} s off, which breaks certificates: set up time synchronisation there.`,
          ),
        ]
      : []),
  ];
}

function ofPassword({ name, passwordKept, seen, node }: DoctorCase): Diagnosis[] {
  // For a while a node is told to answer that does not run any more.
  const isWell = seen.running && node?.ready === 'ready';
  if (passwordKept !== true || seen.hasPassword || isWell) return [];
  return [
    trouble(
      `The cluster keeps a password of ${said(name)}, and the machine has none any more: it would be taken for another one of that name.`,
      'forget-password',
    ),
  ];
}

function ofWay({ server, answeringCa, tokenCa }: SeenNode): Diagnosis[] {
  if (server === null) return [];
  if (answeringCa === null)
    return [
      trouble(
        `${said(server)}, which it joins, does not answer from there: look at address, firewall and that server.`,
      ),
    ];
  if (tokenCa === null || tokenCa === answeringCa) return [];
  return [
    trouble(
      `Its token is of another cluster than the one that answers at ${said(server)}: give it a new one.`,
    ),
  ];
}

function ofVersion({ nodes, name, node, seen }: DoctorCase): Diagnosis[] {
  const own = seen.version === null ? null : parseClusterVersion(seen.version);
  const servers = nodes
    .filter((one) => one.isServer && one.name !== name)
    .flatMap(({ version }) => parseClusterVersion(version) ?? []);
  const objection = own && joinObjection(own, node?.isServer ? 'server' : 'agent', servers);
  return objection ? [trouble(objection.says)] : [];
}

function ofMembers({ nodes, name, node }: DoctorCase): Diagnosis[] {
  if (node !== null && !node.isServer) return [];
  return nodes
    .filter((one) => one.name !== name && one.vote !== null && !one.memberDeleted)
    .flatMap(({ name: other, vote, ready }) =>
      vote === 'learner'
        ? [trouble(`${said(other)} is still joining etcd: only one may at a time.`)]
        : ready === 'ready'
          ? []
          : [
              trouble(
                `${said(other)}, a member of etcd, does not answer: as long as it is on the list no server can join. Bring it back, or let it leave.`,
              ),
            ],
    );
}

const ofName: ReadonlySet<JoinTrouble> = new Set(['name-taken']);

/** The last of each trouble that it tells of; what passes by itself is none. */
function ofLog({ log }: SeenNode): Diagnosis[] {
  const told = new Map<JoinTrouble, Diagnosis>();
  for (const line of log) {
    const message = joinMessage(line);
    if (message === null || message.course === 'passes') continue;
    const fix = ofName.has(message.trouble) ? 'forget-password' : null;
    const says = `Its log: ${message.says} ${message.hint} “${said(line).slice(-200)}”`;
    told.set(message.trouble, trouble(says, fix));
  }
  return [...told.values()];
}
