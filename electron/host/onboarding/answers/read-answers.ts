import { mostMachines } from '../../../../shared/onboarding/draft.ts';
import { nodeRoles } from '../../../../shared/onboarding/role.ts';
import { fileProblem, readTree } from '../../exchange/index.ts';
import {
  type AnswersFile,
  answersVersion,
  type FileCommon,
  type FileFixes,
  type FileMachine,
  sshKeyWords,
} from './answers-file.ts';
import { FileMap } from './file-map.ts';
import { commonJoinKeys, machineJoinKeys, readCommonJoin, readMachineJoin } from './read-join.ts';

/** Of any honest one; sixteen machines with all that can be said have some twenty KiB. */
const mostCharacters = 1024 * 1024;

const commonKeys = [
  'role',
  'cluster',
  'rack',
  'prefix',
  'tags',
  'ssh-key',
  'password-login-off',
  'try-outside',
  'fixes',
  'join',
];
const machineKeys = [
  'host',
  'identity-file',
  'jump',
  'as',
  'device',
  'name',
  'hostname',
  'role',
  'rack',
  'unit',
  'face',
  'side',
  'on',
  'bay',
  'height',
  'physical',
  'cables',
  'vlans',
  'addresses',
  'fixes',
  'join',
];

/** Reads a file of answers. Throws FILE_INVALID with line and reason; nothing of it is acted upon then. */
export function readAnswers(text: string): AnswersFile {
  if (text.length > mostCharacters) {
    throw fileProblem({ line: 1, path: '' }, 'this is far too long for answers');
  }
  const top = new FileMap(readTree(text), '', ['rackhelm-answers', 'all', 'machines']);
  const version = top.needed('rackhelm-answers');
  if (version !== answersVersion) {
    throw fileProblem(
      { line: 1, path: 'rackhelm-answers' },
      `this Rackhelm reads version ${answersVersion} of such files`,
    );
  }
  const machines = top.maps('machines', machineKeys);
  if (machines.length > mostMachines) {
    throw fileProblem(
      { line: machines[mostMachines]?.place.line ?? 1, path: 'machines' },
      `one onboarding takes ${mostMachines} machines`,
    );
  }
  return { all: readCommon(top.map('all', commonKeys)), machines: machines.map(readMachine) };
}

function readCommon(map: FileMap): FileCommon {
  return {
    role: map.choice('role', nodeRoles),
    cluster: map.named('cluster'),
    rack: map.named('rack'),
    prefix: map.named('prefix'),
    tags: map.texts('tags').slice(0, 20),
    sshKey: sshKeyWords[map.choice('ssh-key', Object.keys(sshKeyWords)) ?? 'none'] ?? 'none',
    passwordLoginOff: map.flag('password-login-off'),
    tryOutside: map.flag('try-outside'),
    fixes: readFixes(map) ?? 'all',
    join: map.has('join') ? readCommonJoin(map.map('join', commonJoinKeys)) : null,
  };
}

function readMachine(map: FileMap): FileMachine {
  const as = map.choice('as', ['evidence', 'new', 'known', 'replacement', 'clone']) ?? 'evidence';
  const device = map.named('device');
  const isOfDevice = as === 'known' || as === 'replacement' || as === 'clone';
  if (isOfDevice && device === null) {
    throw fileProblem(map.place, `as: ${as} needs the device that is meant`);
  }
  if (!isOfDevice && device !== null) {
    throw fileProblem(device.place, `a device belongs to as: known, replacement or clone`);
  }
  return {
    ...{ as, device, place: map.place },
    host: map.needed('host'),
    identityFile: map.text('identity-file'),
    jump: map.texts('jump').slice(0, 16),
    name: map.text('name'),
    hostname: map.text('hostname'),
    role: map.choice('role', nodeRoles),
    rack: map.named('rack'),
    unit: map.number('unit'),
    face: map.choice('face', ['front', 'rear']),
    side: map.choice('side', ['left', 'middle', 'right']),
    on: map.named('on'),
    bay: map.text('bay'),
    height: map.number('height'),
    physical: map.flag('physical'),
    cables: map
      .maps('cables', ['interface', 'to'])
      .map((one) => ({ interface: one.needed('interface'), to: neededName(one, 'to') })),
    vlans: map.maps('vlans', ['interface', 'vlan', 'tagged']).map((one) => ({
      interface: one.needed('interface'),
      vlan: neededName(one, 'vlan'),
      tagged: one.flag('tagged'),
    })),
    addresses: map
      .maps('addresses', ['interface', 'address', 'gateway', 'dns', 'set'])
      .map((one) => ({
        interface: one.needed('interface'),
        address: one.needed('address'),
        gateway: one.text('gateway'),
        dns: one.texts('dns').slice(0, 4),
        set: one.flag('set'),
        place: one.place,
      })),
    fixes: readFixes(map),
    join: readMachineJoin(map.map('join', machineJoinKeys)),
  };
}

function neededName(map: FileMap, key: string) {
  return map.named(key) ?? { name: map.needed(key), place: map.place };
}

function readFixes(map: FileMap): FileFixes | null {
  return map.isList('fixes') ? map.texts('fixes') : map.choice('fixes', ['all', 'none'] as const);
}
