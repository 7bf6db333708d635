import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { K3sBinary } from '../../../../../shared/cluster/upkeep/upkeep-work.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { Installation } from '../../../installation.ts';
import { type UpkeepOptions, workOnNodes } from './upkeep-command.ts';

export interface UpgradeOptions extends UpkeepOptions {
  readonly binary: readonly string[];
  readonly nodes?: readonly string[];
  readonly drain?: true;
  readonly deleteLocalData?: true;
  readonly force?: true;
  /** Minutes. */
  readonly minutes: number;
}

const accepting = {
  'local-data': '--delete-local-data accepts that.',
  uncontrolled: '--force accepts that.',
} as const;

/** `rackhelm cluster upgrade VERSION --binary arm64=FILE[,SHA256] [--plan|--yes]`. */
export async function upgradeCluster(
  installation: Installation,
  version: string,
  options: UpgradeOptions,
): Promise<void> {
  const binaries = await Promise.all(options.binary.map(readBinary));
  await workOnNodes(
    installation,
    {
      ...{ kind: 'upgrade', version, binaries, nodes: [...(options.nodes ?? [])] },
      drain: options.drain === true,
      drainOptions: {
        ...{ ignoreDaemonSets: true, graceSeconds: null, minutes: options.minutes },
        deleteLocalData: options.deleteLocalData === true,
        deleteUncontrolled: options.force === true,
      },
    },
    { ...options, accepting },
  );
}

const shape = /^(amd64|arm64|arm)=(.+?)(?:,([0-9a-f]{64}))?$/;

/** `arm64=./k3s-arm64`, `amd64=https://…/k3s,SHA256`: what a machine fetches itself needs its checksum. */
async function readBinary(text: string): Promise<K3sBinary> {
  const [, architecture, from = '', given] = shape.exec(text) ?? [];
  if (architecture === undefined)
    throw new RackhelmError('INVALID_INPUT', `“${text}” names no binary.`, {
      hint: 'Write amd64=, arm64= or arm=, then a file or an address, then a comma and its SHA-256.',
    });
  const kind = architecture as K3sBinary['architecture']; // as the shape has it
  if (/^https:/.test(from)) {
    if (given === undefined)
      throw new RackhelmError('INVALID_INPUT', `${from} needs its SHA-256 after a comma.`);
    return { architecture: kind, sha256: given, source: { from: 'url', url: from } };
  }
  const file = path.resolve(from);
  const sum = await sumOf(file);
  if (given !== undefined && given !== sum)
    throw new RackhelmError('INVALID_INPUT', `${file} has another SHA-256: ${sum}.`);
  return { architecture: kind, sha256: sum, source: { from: 'here', path: file } };
}

async function sumOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
  } catch (cause) {
    throw new RackhelmError('INVALID_INPUT', `${file} cannot be read.`, { cause });
  }
  return hash.digest('hex');
}
