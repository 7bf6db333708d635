import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { readSums, releaseNames } from './architecture.ts';
import type { Release, ReleaseFile } from './release.ts';

const packed = ['.tar.zst', '.tar.gz', '.tar'];
const mostSums = 1_000_000;
const mostFiles = 10_000;

/** Of files that were hashed already, by where they lie and how they stand. */
const known = new Map<string, string>();

/**
 * What K3s publishes for an architecture, in a folder of this computer; each file is held against the list
 * of checksums beside it. Throws FILE_*, INVALID_INPUT.
 */
export async function releaseFromFolder(
  folder: string,
  architecture: string | null,
  signal: AbortSignal,
): Promise<Release> {
  const names = releaseNames(architecture);
  if (names === undefined) throw noBuild(architecture);
  const there = await filesIn(folder);
  if (!there.includes(names.binary)) throw refused(`There is no ${names.binary} in ${folder}.`);
  const sums = there.includes(names.sums)
    ? readSums(await textOf(path.join(folder, names.sums)))
    : null;
  const images = packed.map((ending) => names.images + ending).find((one) => there.includes(one));
  const file = async (name: string): Promise<ReleaseFile> => {
    const at = path.join(folder, name);
    const sum = await sumOf(at, signal);
    const wanted = sums?.get(name);
    if (sums !== null && wanted === undefined)
      throw refused(`${names.sums} has no checksum of ${name}.`);
    if (wanted !== undefined && wanted !== sum)
      throw refused(`${name} is not what ${names.sums} says: its checksum is another one.`);
    return { name, sha256: sum, source: { from: 'here', path: at } };
  };
  const notes = [
    ...(sums === null
      ? [`There is no ${names.sums} beside the files, so nothing vouches for them.`]
      : []),
    ...(images === undefined
      ? [`There is no ${names.images}.tar.zst: without it K3s fetches its images by itself.`]
      : []),
  ];
  return {
    binary: await file(names.binary),
    images: images === undefined ? null : await file(images),
    notes,
  };
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).slice(0, mostFiles);
  } catch (cause) {
    throw refused(`The folder ${folder} cannot be read.`, cause);
  }
}

async function textOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(mostSums), 0, mostSums, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function sumOf(file: string, signal: AbortSignal): Promise<string> {
  const handle = await open(file);
  const { size, mtimeMs, ino } = await handle.stat().finally(() => handle.close());
  const key = JSON.stringify([file, size, mtimeMs, ino]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { signal })) hash.update(chunk);
  const sum = hash.digest('hex');
  known.set(key, sum);
  return sum;
}

export function noBuild(architecture: string | null): RackhelmError {
  return refused(`K3s is not built for ${architecture ?? 'what this machine is'}.`);
}

function refused(message: string, cause?: unknown): RackhelmError {
  return new RackhelmError('INVALID_INPUT', message, {
    hint: 'Take the files of one version from the releases of K3s, with their list of checksums.',
    cause,
  });
}
