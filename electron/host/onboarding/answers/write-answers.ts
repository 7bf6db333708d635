import { taintWords } from '../../../../shared/cluster/join/join-answers.ts';
import { type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import type {
  CommonAnswers,
  MachineAnswers,
  SshKeyChoice,
} from '../../../../shared/onboarding/answers.ts';
import type { Draft, DraftMachine } from '../../../../shared/onboarding/draft.ts';
import type { Database } from '../../db/index.ts';
import { scalar } from '../../exchange/index.ts';
import { answersVersion, sshKeyWords } from './answers-file.ts';

/**
 * A draft's answers as a file, by names that mean the same in any inventory that has them. Nothing
 * secret stands in a draft, so nothing secret can stand here.
 */
export function writeAnswers(db: Database, draft: Draft): string {
  const { common } = draft;
  const lines = [
    `rackhelm-answers: ${answersVersion}`,
    'all:',
    ...pairs('  ', [
      ['role', common.role],
      ['cluster', nameOf(db, 'cluster', common.clusterId)],
      ['rack', nameOf(db, 'rack', common.rackId)],
      ['prefix', nameOf(db, 'prefix', common.prefixId)],
      ['ssh-key', common.sshKey === 'none' ? null : wordOf(common.sshKey)],
      ['password-login-off', common.passwordLoginOff ? 'true' : null],
      ['try-outside', common.tryOutside ? 'true' : null],
    ]),
    ...list('  ', 'tags', common.tags),
    '  fixes: none',
    ...joinLines(common),
    'machines:',
    ...draft.machines.flatMap((machine) => machineLines(db, draft, machine)),
  ];
  return `${lines.join('\n')}\n`;
}

function machineLines(db: Database, draft: Draft, machine: DraftMachine): string[] {
  const { answers, target } = machine;
  const { identity, place, hostname, role } = answers;
  const fields = pairs('    ', [
    ['host', hostText(target)],
    ['identity-file', target.identityFile ?? null],
    ['as', identity?.as ?? 'evidence'],
    [
      'device',
      identity === null || identity.as === 'new'
        ? null
        : (nameOf(db, 'device', identity.deviceId) ?? nameIn(draft, identity.deviceId)),
    ],
    ['name', answers.name],
    ['hostname', hostname],
    ['role', role],
    ['rack', place?.parentId ? null : nameOf(db, 'rack', place?.rackId ?? null)],
    ['unit', place?.position?.toString() ?? null],
    ['face', place?.face ?? null],
    ['side', place?.side ?? null],
    ['on', nameOf(db, 'device', place?.parentId ?? null)],
    ['bay', place?.bay ?? null],
    ['height', answers.heightUnits?.toString() ?? null],
    ['physical', answers.physical ? 'true' : null],
  ]);
  const [first = '', ...rest] = fields;
  return [
    `  - ${first.trimStart()}`,
    ...rest,
    ...list('    ', 'jump', target.jump ?? []),
    ...maps('cables', answers.cables, ({ interface: link, socketId }) => [
      ['interface', link],
      ['to', socketName(db, socketId)],
    ]),
    ...maps('vlans', answers.vlans, ({ interface: link, vlanId, tagged }) => [
      ['interface', link],
      ['vlan', nameOf(db, 'vlan', vlanId)],
      ['tagged', tagged ? 'true' : null],
    ]),
    ...maps('addresses', answers.addresses, ({ interface: link, address, gateway, dns, set }) => [
      ['interface', link],
      ['address', address],
      ['gateway', gateway],
      ['dns', dns],
      ['set', set ? 'true' : null],
    ]),
    ...list('    ', 'fixes', [...new Set(answers.fixes.map(({ check }) => check))]),
    ...machineJoinLines(answers),
  ];
}

/** What is as usual is written as well, so that a file means the same later. */
function joinLines({ join }: CommonAnswers): string[] {
  if (join === null) return [];
  return [
    '  join:',
    ...pairs('    ', [
      ['from', join.from],
      ['folder', join.folder],
      ['version', join.version],
      ['channel', join.channel],
      ['server', join.server],
      ['datastore', join.datastore],
      ['tls-names', join.tlsNames],
      ['minutes', String(join.minutes)],
    ]),
  ];
}

function machineJoinLines({ join: { as, labels, taints } }: MachineAnswers): string[] {
  if (as === null && labels === null && taints === null) return [];
  const known = labels?.map(({ key, value }) => `${key}=${value}`) ?? null;
  return [
    '    join:',
    ...pairs('      ', [['as', as]]),
    ...kept('labels', known),
    ...kept('taints', taints?.map(taintWords) ?? null),
  ];
}

/** Said to have none is something else than not said. */
function kept(key: string, values: readonly string[] | null): string[] {
  if (values === null) return [];
  return [`      ${key}: [${values.map(scalar).join(', ')}]`];
}

const wordOf = (choice: SshKeyChoice) =>
  Object.entries(sshKeyWords).find(([, means]) => means === choice)?.[0] ?? null;

type Value = string | readonly string[] | null;

function pairs(indent: string, values: readonly (readonly [string, Value])[]): string[] {
  return values.flatMap(([key, value]) => {
    if (value === null || (typeof value !== 'string' && value.length === 0)) return [];
    const text = typeof value === 'string' ? scalar(value) : `[${value.map(scalar).join(', ')}]`;
    return [`${indent}${key}: ${text}`];
  });
}

function list(indent: string, key: string, values: readonly string[]): string[] {
  return values.length === 0
    ? []
    : [`${indent}${key}:`, ...values.map((value) => `${indent}  - ${scalar(value)}`)];
}

function maps<T>(
  key: string,
  items: readonly T[],
  of: (item: T) => readonly (readonly [string, Value])[],
): string[] {
  if (items.length === 0) return [];
  const written = items.flatMap((item) => {
    const [first = '', ...rest] = pairs('        ', of(item));
    return [`      - ${first.trimStart()}`, ...rest];
  });
  return [`    ${key}:`, ...written];
}

function hostText({ user, host, port }: SshTarget): string {
  const at = port !== undefined && host.includes(':') ? `[${host}]` : host;
  const where = port === undefined ? at : `${at}:${port}`;
  return user === undefined ? where : `${user}@${where}`;
}

function nameOf(db: Database, kind: KindName, id: string | null): string | null {
  return id === null ? null : (db.tables.records.get(kindOf(kind), id)?.name ?? null);
}

/** A clone may be the copy of another machine of the same draft. */
function nameIn({ machines }: Draft, deviceId: string): string | null {
  return machines.find((machine) => machine.deviceId === deviceId)?.answers.name ?? null;
}

function socketName(db: Database, socketId: string): string | null {
  const socket = db.tables.cableGraph.named(socketId);
  return socket === undefined ? null : `${socket.deviceName} ${socket.name}`;
}
