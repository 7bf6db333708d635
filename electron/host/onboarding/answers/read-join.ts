import {
  type CommonJoin,
  commonJoin,
  joinAs,
  type MachineJoin,
  machineJoin,
  readLabel,
  readTaint,
  usualJoin,
} from '../../../../shared/cluster/join/join-answers.ts';
import { fileProblem } from '../../exchange/index.ts';
import type { FileMap } from './file-map.ts';

export const commonJoinKeys = [
  'from',
  'folder',
  'version',
  'channel',
  'server',
  'datastore',
  'tls-names',
  'minutes',
] as const;
export const machineJoinKeys = ['as', 'labels', 'taints'] as const;

/** `join:` of all machines. Throws FILE_INVALID. */
export function readCommonJoin(map: FileMap): CommonJoin {
  const folder = map.text('folder');
  const from = map.choice('from', ['network', 'files']);
  const minutes = map.text('minutes');
  const parsed = commonJoin.safeParse({
    from: from ?? (folder === null ? usualJoin.from : 'files'),
    folder,
    version: map.text('version'),
    channel: map.text('channel') ?? usualJoin.channel,
    server: map.text('server'),
    datastore: map.choice('datastore', ['sqlite', 'etcd']) ?? usualJoin.datastore,
    tlsNames: map.texts('tls-names').slice(0, 20),
    minutes: minutes === null ? usualJoin.minutes : Number(minutes),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const wanted = issue?.code === 'invalid_format' ? ' belongs here' : '';
  throw fileProblem(map.place, `${issue?.path.join('.')}: ${issue?.message}${wanted}`);
}

/** `join:` of one machine: as what, and what its node is given. Throws FILE_INVALID. */
export function readMachineJoin(map: FileMap): MachineJoin {
  const labels = map.has('labels') ? map.texts('labels') : null;
  const taints = map.has('taints') ? map.texts('taints') : null;
  const parsed = machineJoin.safeParse({
    as: map.choice('as', joinAs.options),
    labels: labels?.map((text) => labelOf(map, text)) ?? null,
    taints: taints?.map((text) => taintOf(map, text)) ?? null,
  });
  if (parsed.success) return parsed.data;
  throw fileProblem(map.place, parsed.error.issues[0]?.message ?? 'this is no join');
}

function labelOf(map: FileMap, text: string) {
  const label = readLabel(text);
  if (label !== undefined) return label;
  throw fileProblem(map.place, `${text.slice(0, 80)} is no label such as disk=ssd`);
}

function taintOf(map: FileMap, text: string) {
  const taint = readTaint(text);
  if (taint !== undefined) return taint;
  throw fileProblem(map.place, `${text.slice(0, 80)} is no taint such as gpu=true:NoSchedule`);
}
