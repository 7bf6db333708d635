import type { MachineAnswers } from '../../../../shared/onboarding/answers.ts';
import { roleOf } from '../../../../shared/onboarding/answers.ts';
import { type Draft, type DraftMachine, nameOf } from '../../../../shared/onboarding/draft.ts';
import type { WantedLane } from '../../engine/jobs/index.ts';
import { usualHeight } from '../offers/index.ts';
import type { RecordParams } from '../record/index.ts';
import { mergeFixes } from './merge-fixes.ts';

/**
 * The order in which a machine is brought in: first what makes it itself, then what wants a restart, then
 * what could cut us off, and last what is written down.
 */
const order = [
  'machine-id',
  'host-keys',
  'hostname',
  'packages',
  'kernel-modules',
  'sysctl',
  'swap',
  'time-sync',
  'memory-cgroup',
  'reboot',
  'network-address',
  'ssh-key',
  'ssh-password-login',
  'k3s-binary',
  'k3s-images',
  'k3s-config',
  'k3s-registries',
  'k3s-token',
  'k3s-service',
  'k3s-start',
  'node-ready',
  'record-device',
  'record-report',
] as const;

type WantedPhase = WantedLane['phases'][number];

export interface LaneOptions {
  /** Lines as in .pub files, which the machines shall let in. */
  readonly keys: readonly string[];
  readonly newId: () => string;
  /** By machine: the steps by which it joins its cluster, and what its node is. */
  readonly joins?: ReadonlyMap<string, WantedJoin>;
}

export interface WantedJoin {
  readonly phases: readonly WantedPhase[];
  readonly as: 'server' | 'agent';
  readonly labels: Readonly<Record<string, string>>;
}

/** The lanes of the job that carries out a draft, one for each machine. Pure but for new ids. */
export function wantedLanes(draft: Draft, options: LaneOptions): WantedLane[] {
  return draft.machines.map((machine) => ({
    lane: machine.id,
    title: nameOf(machine),
    deviceId: machine.deviceId,
    phases: phasesOf(draft, machine, options),
  }));
}

function phasesOf(draft: Draft, machine: DraftMachine, options: LaneOptions): WantedPhase[] {
  const params = new Map(mergeFixes(chosenFixes(machine)));
  const { identity, hostname } = machine.answers;
  const add = (phase: string, more: Record<string, unknown>) => {
    params.set(phase, { ...params.get(phase), ...more });
  };
  if (identity?.as === 'clone') {
    for (const [phase, own] of ownIdentity(machine)) add(phase, own);
  }
  if (hostname !== null) add('hostname', { name: hostname });
  if (params.has('memory-cgroup')) {
    // One restart for everything that wants one.
    add('memory-cgroup', { reboot: false });
    add('reboot', { wanted: ['memory-cgroup'] });
  }
  const user = machine.connection.state === 'read' ? machine.connection.user : null;
  const keys = user === null || draft.common.sshKey === 'none' ? [] : options.keys;
  if (draft.common.passwordLoginOff && user !== null) {
    add('ssh-password-login', { user, ...(keys.length > 0 && { keys }) });
  }
  const join = options.joins?.get(machine.id);
  const record = recordOf(draft, machine, { params, join, newId: options.newId });
  if (record !== null) {
    add('record-device', record);
    add('record-report', { token: record.token, deviceId: record.deviceId });
  }
  return [
    ...[...params].map(([phase, given]) => ({ phase, params: given })),
    ...keys.map((key) => ({ phase: 'ssh-key', params: { user, key } })),
    ...networks(machine),
    ...(join?.phases ?? []),
  ].toSorted((a, b) => placeOf(a.phase) - placeOf(b.phase));
}

/** One for each interface that is given addresses. */
function networks({ answers }: DraftMachine): WantedPhase[] {
  const set = answers.addresses.filter((one) => one.set);
  return [...Map.groupBy(set, (one) => one.interface)].map(([link, ofLink]) => ({
    phase: 'network-address',
    params: {
      interface: link,
      addresses: ofLink.map(({ address }) => address),
      gateways: [...new Set(ofLink.flatMap(({ gateway }) => gateway ?? []))],
      dns: [...new Set(ofLink.flatMap(({ dns }) => dns))].slice(0, 4),
    },
  }));
}

/** What makes a copy a machine of its own: as its checks found it, and without them by what it told. */
function ownIdentity({
  facts,
  checks,
}: DraftMachine): ReadonlyMap<string, Record<string, unknown>> {
  const found = checks.flatMap(({ fix, status }) =>
    status === 'fail' && fix?.kind === 'phase' && isIdentity(fix.phase) ? fix : [],
  );
  const merged = new Map(mergeFixes(found));
  const was = facts?.machineId ?? null;
  if (!merged.has('machine-id') && was !== null) merged.set('machine-id', { was });
  return merged;
}

const isIdentity = (phase: string) => phase === 'machine-id' || phase === 'host-keys';

/** A phase that stands in no list is done before anything is written down. */
function placeOf(phase: string): number {
  const place = (order as readonly string[]).indexOf(phase);
  return place < 0 ? order.indexOf('reboot') - 0.5 : place;
}

function chosenFixes({ answers, checks }: DraftMachine) {
  return answers.fixes.flatMap(({ check, part }) => {
    const found = checks.find((one) => one.check === check && one.part === part);
    const isOpen = found?.status === 'fail' || found?.status === 'warn';
    return isOpen && found.fix?.kind === 'phase' ? found.fix : [];
  });
}

function recordOf(
  draft: Draft,
  machine: DraftMachine,
  {
    params,
    join,
    newId,
  }: {
    readonly params: ReadonlyMap<string, unknown>;
    readonly join: WantedJoin | undefined;
    readonly newId: () => string;
  },
): RecordParams | null {
  const { answers, connection, target, deviceId } = machine;
  if (answers.identity === null || answers.name === null) return null;
  // A key that is made anew on the way is none to know it by.
  const isNewKey = params.has('host-keys') || connection.state !== 'read';
  return {
    token: newId(),
    deviceId,
    identity: answers.identity,
    name: answers.name,
    kind: kindOf(machine),
    role: roleOf(draft.common, answers),
    // One that stays outside is no member, whatever the others join.
    clusterId: draft.common.join !== null && !join ? null : draft.common.clusterId,
    ...(join && { joinedAs: join.as }),
    target: { ...target, host: lastingHost(answers, target.host) },
    hostKey: isNewKey ? null : connection.hostKey,
    place: answers.place,
    heightUnits: answers.heightUnits ?? usualHeight(machine),
    cables: answers.cables,
    vlans: answers.vlans,
    addresses: answers.addresses,
    tags: tagsOf(draft.common.tags, join),
  };
}

/** The labels of its node stand beside the tags of its device. */
function tagsOf(tags: readonly string[], join: WantedJoin | undefined): string[] {
  const labels = Object.entries(join?.labels ?? {}).map((pair) => pair.join('='));
  return [...new Set([...tags, ...labels])].filter((tag) => tag.length <= 100).slice(0, 24);
}

function kindOf({ answers, who }: DraftMachine): RecordParams['kind'] {
  const suggested = who?.suggestion.kind ?? 'server';
  return suggested === 'vm' && answers.physical ? 'server' : suggested;
}

/** Where it will be reached: at the address that it gets, if it was reached by an address. */
export function lastingHost({ addresses }: MachineAnswers, host: string): string {
  const set = addresses.find((one) => one.set)?.address.split('/')[0];
  return set !== undefined && /^[0-9.]+$|:/.test(host) ? set : host;
}
