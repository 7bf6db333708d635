import { noMachineJoin } from '../../../../shared/cluster/join/join-answers.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import { type SshTarget, sshTarget } from '../../../../shared/model/ssh.ts';
import { readTargetText } from '../../../../shared/model/ssh-target-text.ts';
import {
  type CommonAnswers,
  type IdentityAnswer,
  type MachineAnswers,
  machineAnswers,
} from '../../../../shared/onboarding/answers.ts';
import type { DraftMachine, KeptCheck } from '../../../../shared/onboarding/draft.ts';
import type { PlacementOffer } from '../../../../shared/onboarding/offers.ts';
import type { Cabling } from '../../cabling/index.ts';
import type { Database } from '../../db/index.ts';
import { fileProblem } from '../../exchange/index.ts';
import type { FileCommon, FileFixes, FileMachine, Named } from './answers-file.ts';

interface Lookup {
  readonly db: Database;
  readonly cabling: Pick<Cabling, 'socketNamed'>;
}

/** The way to a machine of the file. Throws FILE_INVALID with its line. */
export function targetOf({ host, identityFile, jump, place }: FileMachine): SshTarget {
  const read = readTargetText(host);
  if (!read.ok) throw fileProblem(place, `${host.slice(0, 80)} is no host: ${read.problem}`);
  return sshTarget.parse({
    ...read.target,
    ...(identityFile === null ? {} : { identityFile }),
    ...(jump.length === 0 ? {} : { jump: [...jump] }),
  });
}

export function commonOf({ db }: Lookup, file: FileCommon): CommonAnswers {
  return {
    role: file.role,
    clusterId: idOf(db, 'cluster', file.cluster),
    rackId: idOf(db, 'rack', file.rack),
    prefixId: idOf(db, 'prefix', file.prefix),
    tags: [...file.tags],
    sshKey: file.sshKey,
    passwordLoginOff: file.passwordLoginOff,
    tryOutside: file.tryOutside,
    join: file.join,
  };
}

/**
 * What a file says of a machine that was read, as answers. Nothing is guessed: who it is follows from the
 * file or from plain evidence. Throws FILE_INVALID with the line, or ANSWER_NEEDED.
 */
export function answersOf(
  lookup: Lookup,
  machine: DraftMachine,
  {
    file,
    all,
    offer,
  }: {
    readonly file: FileMachine | null;
    readonly all: FileCommon;
    readonly offer: PlacementOffer | undefined;
  },
): MachineAnswers {
  const { db } = lookup;
  const identity = identityOf(lookup, machine, file);
  const known = identity.as === 'known' ? kindName(db, identity.deviceId) : null;
  const answers = {
    identity,
    name: file?.name ?? known ?? machine.who?.suggestion.name ?? machine.target.host,
    hostname: file?.hostname ?? null,
    role: file?.role ?? null,
    place: placeOf(db, file, all),
    heightUnits: file?.height ?? null,
    ...(file?.physical && { physical: true }),
    cables: (file?.cables ?? []).map(({ interface: link, to }) => ({
      interface: link,
      socketId: socketOf(lookup, to),
    })),
    vlans: (file?.vlans ?? []).map(({ interface: link, vlan, tagged }) => ({
      ...{ interface: link, tagged },
      vlanId: neededId(db, 'vlan', vlan),
    })),
    addresses: (file?.addresses ?? []).map((one) => addressOf(one, offer)),
    fixes: fixesOf(file?.fixes ?? all.fixes, machine.checks),
    join: file?.join ?? noMachineJoin,
  };
  const parsed = machineAnswers.safeParse(answers);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw fileProblem(file?.place ?? { line: 1, path: '' }, `${where}: ${issue?.message ?? ''}`);
}

/** Fixes that are asked for and can be had by a phase. */
export function fixesOf(asked: FileFixes, checks: readonly KeptCheck[]) {
  const isAsked = ({ check, status }: KeptCheck) => {
    if (asked === 'none') return false;
    // What only is doubtful is mended where somebody names it.
    return asked === 'all' ? status === 'fail' : status !== 'pass' && asked.includes(check);
  };
  return checks
    .filter(({ fix, accepted }) => fix?.kind === 'phase' && !accepted)
    .filter(isAsked)
    .slice(0, 100)
    .map(({ check, part }) => ({ check, part }));
}

function identityOf(
  { db }: Lookup,
  { who, target }: DraftMachine,
  file: FileMachine | null,
): IdentityAnswer {
  const as = file?.as ?? 'evidence';
  if (as === 'new') return { as };
  if (as !== 'evidence') {
    const device = file?.device;
    if (!device) throw fileProblem(file?.place ?? { line: 1, path: '' }, 'the device is missing');
    return { as, deviceId: neededId(db, 'device', device) };
  }
  if (who?.verdict === 'new') return { as: 'new' };
  if (who?.verdict === 'known' && who.deviceId !== null) {
    return { as: 'known', deviceId: who.deviceId };
  }
  throw new RackhelmError(
    'MACHINE_UNCLEAR',
    `It is not clear which machine ${target.host} is. ${who?.says ?? ''}`.trim(),
    { hint: 'Say it in the answers, by as: new, known, replacement or clone, and the device.' },
  );
}

function placeOf(db: Database, file: FileMachine | null, all: FileCommon) {
  const parentId = idOf(db, 'device', file?.on ?? null);
  const rackId = parentId === null ? idOf(db, 'rack', file?.rack ?? all.rack) : null;
  if (parentId === null && rackId === null) return null;
  return {
    rackId,
    position: rackId === null ? null : (file?.unit ?? null),
    face: file?.face ?? null,
    side: file?.side ?? null,
    parentId,
    bay: file?.bay ?? null,
  };
}

function addressOf(
  { interface: link, address, gateway, dns, set, place }: FileMachine['addresses'][number],
  offer: PlacementOffer | undefined,
) {
  if (address !== 'next') return { interface: link, address, gateway, dns: [...dns], set };
  const free = offer?.addresses.find((one) => one.interface === link);
  if (free === undefined) throw fileProblem(place, `there is no free address for ${link}`);
  const { address: next, gateway: way, dns: servers } = free;
  return {
    interface: link,
    address: next,
    gateway: gateway ?? way,
    dns: dns.length > 0 ? [...dns] : servers,
    set,
  };
}

function socketOf({ cabling }: Lookup, { name, place }: Named): string {
  try {
    return cabling.socketNamed(name).id;
  } catch (error) {
    if (!(error instanceof RackhelmError)) throw error;
    throw fileProblem(place, `${error.message} (${name.slice(0, 80)})`);
  }
}

const kindName = (db: Database, id: string) =>
  db.tables.records.get(kindOf('device'), id)?.name ?? null;

function idOf(db: Database, kind: KindName, named: Named | null): string | null {
  return named === null ? null : neededId(db, kind, named);
}

function neededId(db: Database, name: KindName, { name: called, place }: Named): string {
  const kind = kindOf(name);
  const [id, another] = db.tables.records.idsByName(kind, called, 2);
  const shown = called.slice(0, 80);
  if (id === undefined) {
    throw fileProblem(place, `there is no ${kind.label.toLowerCase()} called ${shown}`);
  }
  if (another !== undefined) {
    throw fileProblem(place, `several ${kind.plural.toLowerCase()} are called ${shown}`);
  }
  return id;
}
