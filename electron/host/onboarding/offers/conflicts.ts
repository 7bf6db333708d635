import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { type Draft, nameOf } from '../../../../shared/onboarding/draft.ts';
import type { Conflict } from '../../../../shared/onboarding/offers.ts';
import { refusal } from '../../../../shared/topology/placement.ts';
import { refusalText } from '../../../../shared/topology/placement-words.ts';
import type { Database } from '../../db/index.ts';
import { rolesFor } from '../roles/index.ts';
import { twinsOf } from '../who/index.ts';
import type { About } from './about.ts';
import { addressConflicts } from './address-conflicts.ts';
import { gearOf, standingIn } from './rack-units.ts';
import { takenBy } from './switch-ports.ts';

/** Of more nobody reads. */
const mostConflicts = 200;

/** What speaks against the answers of a draft, as the inventory stands now. */
export function conflictsOf(db: Database, draft: Draft): Conflict[] {
  const roles = new Map(rolesFor(db, draft).map((one) => [one.machineId, one.roles]));
  const found = draft.machines.flatMap((machine) => {
    const say: About['say'] = (field, weight, text) => ({
      machineId: machine.id,
      field,
      weight,
      text,
    });
    return [
      ...identityConflicts(db, draft, { machine, say }),
      ...nameConflicts(db, draft, { machine, say }),
      ...placeConflicts(db, draft, { machine, say }),
      ...cableConflicts(db, draft, { machine, say }),
      ...addressConflicts(db, draft, { machine, say }),
      ...roleConflicts(db, draft, { machine, say, roles: roles.get(machine.id) ?? [] }),
    ];
  });
  return [...twinsOf(draft.machines), ...found].slice(0, mostConflicts);
}

function identityConflicts(db: Database, draft: Draft, { machine, say }: About): Conflict[] {
  const { identity } = machine.answers;
  if (identity === null) return [];
  const { who } = machine;
  if (identity.as === 'new') {
    return who?.verdict === 'known' || who?.verdict === 'clone'
      ? [say('identity', 'warns', `It was said to be new. ${who.says}`)]
      : [];
  }
  const isOurs = draft.machines.some(
    ({ id, deviceId }) => id !== machine.id && deviceId === identity.deviceId,
  );
  if (!db.tables.devices.exists(identity.deviceId) && !(identity.as === 'clone' && isOurs)) {
    return [
      say('identity', 'blocks', 'The device that it was said to be does not exist any more.'),
    ];
  }
  return identity.as !== 'clone' && isOurs
    ? [say('identity', 'blocks', 'Two machines were said to be the same device.')]
    : [];
}

/** As RFC 1123 has it, in lower case as Kubernetes wants it. */
const hostnamePattern =
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

function nameConflicts(db: Database, draft: Draft, { machine, say }: About): Conflict[] {
  const { name, hostname, identity } = machine.answers;
  const found: Conflict[] = [];
  const holder = name === null ? undefined : db.tables.devices.idByName(name);
  const replaced = identity?.as === 'replacement' ? identity.deviceId : null;
  if (holder !== undefined && holder !== machine.deviceId && holder !== replaced) {
    found.push(say('name', 'blocks', `There is a device named ${name} already.`));
  }
  const others = draft.machines.filter(({ id }) => id !== machine.id).map(({ answers }) => answers);
  const same = (a: string | null, b: string | null) =>
    a !== null && a.toLowerCase() === b?.toLowerCase();
  if (others.some((other) => same(other.name, name))) {
    found.push(say('name', 'blocks', `Two machines of this onboarding are to be called ${name}.`));
  }
  if (hostname === null) return found;
  if (!hostnamePattern.test(hostname)) {
    found.push(
      say(
        'hostname',
        'blocks',
        'A host name has small letters, digits and hyphens, and parts of 63 at most.',
      ),
    );
  }
  if (others.some((other) => same(other.hostname, hostname))) {
    found.push(say('hostname', 'blocks', `Two machines would have the host name ${hostname}.`));
  }
  return found;
}

function placeConflicts(db: Database, draft: Draft, { machine, say }: About): Conflict[] {
  const { place } = machine.answers;
  if (place === null) return [];
  if (place.parentId !== null) {
    return db.tables.devices.exists(place.parentId)
      ? []
      : [say('place', 'blocks', 'What it was to stand on does not exist any more.')];
  }
  if (place.rackId === null) return [];
  const rack = db.tables.elevations.frame(place.rackId);
  if (rack === undefined) return [say('place', 'blocks', 'Its rack does not exist any more.')];
  const gear = gearOf(db, machine);
  const others = standingIn(db, draft, { rackId: place.rackId, except: machine });
  const refused = refusal(rack, gear, others);
  return refused === null ? [] : [say('place', 'blocks', refusalText(refused, gear, { rack }))];
}

function cableConflicts(db: Database, draft: Draft, { machine, say }: About): Conflict[] {
  const all = draft.machines.flatMap(({ id, answers }) =>
    answers.cables.map((cable) => ({ ...cable, id })),
  );
  return machine.answers.cables.flatMap((cable) => {
    const socket = db.tables.cableGraph.named(cable.socketId);
    if (socket === undefined) return say('cables', 'blocks', 'A port does not exist any more.');
    const name = `${socket.deviceName} ${socket.name}`;
    const twice = all.filter(({ socketId }) => socketId === cable.socketId).length > 1;
    if (twice) return say('cables', 'blocks', `Two cables would end at ${name}.`);
    const taken = takenBy(db, cable.socketId, machine.deviceId);
    return taken === null ? [] : say('cables', 'blocks', `${name} has ${taken}.`);
  });
}

function roleConflicts(
  db: Database,
  { common }: Draft,
  { machine, say, roles }: About & { readonly roles: ReturnType<typeof rolesFor>[number]['roles'] },
): Conflict[] {
  const role = machine.answers.role ?? common.role;
  if (role === null) return [];
  const ruledOut = roles
    .find((one) => one.role === role)
    ?.reasons.find(({ weight }) => weight === 'rules-out');
  const found = ruledOut ? [say('role', 'warns', ruledOut.text)] : [];
  const { clusterId } = common;
  if (clusterId !== null && db.tables.records.get(kindOf('cluster'), clusterId) === undefined) {
    found.push(say('role', 'blocks', 'The cluster does not exist any more.'));
  }
  if (clusterId === null && role === 'control-plane') {
    found.push(
      say(
        'role',
        'warns',
        `${nameOf(machine)} is to be a control plane, and no cluster was chosen.`,
      ),
    );
  }
  return found;
}
