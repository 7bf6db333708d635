import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { createJoinWatch } from '../../../../../shared/cluster/join-watch.ts';
import { k3sRole } from '../../../../../shared/cluster/k3s-settings.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { harmless } from '../../../connections/ssh/index.ts';
import type { LookContext, Phase, PhaseContext } from '../../../engine/jobs/index.ts';
import {
  asOneChange,
  commandItem,
  isUnderWay,
  linesOf,
  look,
  note,
  notPossible,
  probing,
  runCommand,
  standingWith,
} from '../../../engine/phases/index.ts';
import { type JoinHands, joinedCluster } from './join-hands.ts';
import { deletePlacesCommand, endPodsCommand, placesAsked } from './leftovers.ts';
import { binaryPath, serviceOf } from './paths.ts';
import { type LogPlace, logEnd, logSince, readLog, readLogEnd } from './service-log.ts';
import { readState, startCommand, stateAsked, stopCommand } from './service-state.ts';

const params = z.object({
  role: k3sRole,
  init: z.enum(['systemd', 'openrc']),
  /** How long a join may take; a small board that pulls its images over a thin line needs its time. */
  timeoutMs: z.number().int().min(1_000).max(3_600_000).default(600_000),
  /** Whom it joins. Null: the first server, which makes the cluster. */
  cluster: joinedCluster.nullable().default(null),
  /** What was meant to be laid down: `v1.37.2+k3s1`. Null: whichever it is. */
  version: z.string().max(60).nullable().default(null),
});
type Params = z.infer<typeof params>;

const saved = z.object({
  /** Folders and files of K3s that were there before it first ran: they stay. */
  folders: z.array(z.string().max(400)).max(500),
  /** The cluster knew the name before: what it holds of it is somebody else's, and stays. */
  nameTaken: z.boolean().default(false),
});

export interface StartTimes {
  /** Milliseconds between two looks at the log. */
  readonly stepMs: number;
}

/** Tells whether the kubelet works, whoever has a tool for it. */
const kubeletAsked =
  'if command -v curl >/dev/null; then curl -fsS -m 3 http://127.0.0.1:10248/healthz; else wget -q -T 3 -O - http://127.0.0.1:10248/healthz; fi 2>/dev/null; true';

const asked = ({ role, init }: Params) => ({
  state: stateAsked(init, serviceOf(role)),
  kubelet: kubeletAsked,
  joined: '[ -e /var/lib/rancher/k3s/agent/kubelet.kubeconfig ]',
  folders: placesAsked,
  underWay: isUnderWay('k3s-start'),
});

async function see(context: LookContext, given: Params, more: Record<string, string> = {}) {
  const { parts, evidence } = await look<string>(
    context,
    { ...asked(given), ...more },
    { named: serviceOf(given.role), root: true },
  );
  const part = (label: string) => {
    const found = parts[label];
    if (!found) throw new TypeError(`Nobody asked for ${label}.`);
    return found;
  };
  const state = readState(part('state'));
  const hasJoined = part('joined').exitCode === 0 && part('kubelet').text.trim() === 'ok';
  return {
    state,
    isUp: state.running === 'yes' && hasJoined,
    folders: linesOf(part('folders')),
    underWay: part('underWay'),
    part,
    evidence,
  };
}
type Seen = Awaited<ReturnType<typeof see>>;

function foundOf(service: string, { state, isUp }: Seen): string {
  if (isUp) return `${service} runs, and the node has joined.`;
  if (state.running === 'no') return `${service} does not run.`;
  return `${service} runs, and the node has not joined.`;
}

/** Starts K3s and stays with it until the node has joined, or its log says why it never will. */
export function createK3sStartPhase(
  times: StartTimes = { stepMs: 2_000 },
  hands?: JoinHands,
): Phase<Params, z.infer<typeof saved>> {
  return {
    id: 'k3s-start',
    params,
    saved,
    title: ({ role }) => (role === 'first-server' ? 'Start the cluster' : 'Start K3s and join'),
    lasting: () => null,

    probe: (context, given) =>
      probing(async () => {
        const now = await see(context, given);
        const { state, isUp, evidence, underWay } = now;
        const standing =
          isUp && state.enabled
            ? 'present'
            : state.running === 'no' && !state.enabled
              ? 'absent'
              : 'partly';
        const found = foundOf(serviceOf(given.role), now);
        return { standing: standingWith(underWay, standing), found, evidence };
      }),

    async plan(context, given) {
      const now = await see(context, given);
      if (now.isUp && now.state.enabled) return [];
      const minutes = Math.round(given.timeoutMs / 60_000);
      return [
        commandItem(startCommand(given.init, serviceOf(given.role))),
        note(
          'info',
          `Its log is followed until the node has joined, for ${minutes} minutes at the most. What cannot join is stopped again.`,
        ),
      ];
    },

    async save(context, given) {
      const { cluster } = given;
      const nameTaken = cluster !== null && (await hands?.knows(context, cluster)) === true;
      return { folders: (await see(context, given)).folders, nameTaken };
    },

    async apply(context, given) {
      await checkVersion(context, given);
      const { cluster, role } = given;
      const isOneByOne = cluster !== null && role === 'server';
      const endTurn = isOneByOne ? await hands?.turn(context, cluster) : undefined;
      try {
        const work = async () => await startAndWatch(context, given, times);
        await asOneChange(context, 'k3s-start', { work });
        if (isOneByOne) await hands?.voting(context, cluster);
      } finally {
        endTurn?.();
      }
    },

    async undo(context, given, { folders, nameTaken }) {
      const { cluster, role } = given;
      const work = async () => {
        if (cluster !== null && !nameTaken && role === 'server')
          await hands?.leave(context, cluster);
        await runCommand(context, stopCommand(given.init, serviceOf(given.role)));
        await runCommand(context, endPodsCommand);
        // Now that it runs no more, it cannot put itself back. Before its password goes: who was broken off
        // in between and goes on after all would be refused under its own name.
        if (cluster !== null && !nameTaken) await hands?.forget(context, cluster);
        await runCommand(context, deletePlacesCommand(folders));
      };
      await asOneChange(context, 'k3s-start', { work });
    },
  };
}

/** What was laid down is what was decided upon, or nothing is started. */
async function checkVersion(context: PhaseContext, { version }: Params): Promise<void> {
  if (version === null) return;
  const said = await runCommand(context, { command: `${binaryPath} --version`, timeoutMs: 60_000 });
  const found = /^k3s version (\S{1,60})/m.exec(said)?.[1];
  if (found === version) return;
  throw notPossible(
    `What was laid down is K3s ${found ?? 'of a version that it does not tell'}, and ${version} was decided upon.`,
    'Choose the files of that version, or say the version that they are of. Nothing was started.',
  );
}

async function startAndWatch(context: PhaseContext, given: Params, { stepMs }: StartTimes) {
  const { init, role } = given;
  const service = serviceOf(role);
  const { part } = await see(context, given, { end: logEnd(init, service) });
  const from = readLogEnd(part('end'));
  await runCommand(context, startCommand(init, service));
  try {
    await watch(context, given, { from, stepMs });
  } catch (error) {
    if (!(error instanceof RackhelmError) || !ENDS.has(error.code)) throw error;
    context.log('It is stopped, so that it does not go on trying.');
    await runCommand(context, stopCommand(init, service));
    throw error;
  }
}

/** After these nothing more will come of it; any other error only means that nobody can look. */
const ENDS: ReadonlySet<string> = new Set(['JOIN_REFUSED', 'JOIN_TIMED_OUT']);

/** A process that ends again and again without a word that is known. */
const MOST_RESTARTS = 4;

interface Watching {
  readonly from: LogPlace;
  readonly stepMs: number;
}

async function watch(context: PhaseContext, given: Params, { from, stepMs }: Watching) {
  const { init, role, timeoutMs } = given;
  const service = serviceOf(role);
  const until = Date.now() + timeoutMs;
  const join = createJoinWatch();
  let place = from;
  let last = '';
  let restartsBefore: number | null = null;
  for (;;) {
    await sleep(stepMs, undefined, { signal: context.signal });
    const now = await see(context, given, { log: logSince(init, service, place) });
    const told = readLog(now.part('log'), place);
    place = told.place;
    for (const line of told.lines) {
      context.log(line, 'out');
      last = line;
      join.next(line);
    }
    if (now.isUp) return;
    const { message, line, stuck } = join.standing;
    if (stuck && message) throw refused(message, line ?? last, context.machine.name);
    restartsBefore ??= now.state.restarts;
    if (now.state.restarts - restartsBefore >= MOST_RESTARTS || Date.now() > until)
      throw timedOut({ says: message?.says, last }, context.machine.name, given);
  }
}

function refused(message: { says: string; hint: string }, line: string, where: string) {
  return new RackhelmError(
    'JOIN_REFUSED',
    `${where} cannot join: ${message.says} K3s says: ${shown(line)}`,
    { hint: message.hint },
  );
}

function timedOut(
  { says, last }: { readonly says: string | undefined; readonly last: string },
  where: string,
  { timeoutMs }: Params,
) {
  const minutes = Math.max(1, Math.round(timeoutMs / 60_000));
  return new RackhelmError(
    'JOIN_TIMED_OUT',
    `${where} did not join within ${minutes} minutes. ${says ?? ''} The last that K3s said: ${shown(last) || 'nothing.'}`,
  );
}

const shown = (line: string) => harmless(line).slice(-500);
