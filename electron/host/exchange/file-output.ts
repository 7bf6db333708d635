import { lstat, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { RackhelmError } from '../../../shared/model/errors.ts';

/**
 * Writes a file that only its owner may read, whole or not at all: who reads it meanwhile finds the
 * old one. Throws DATA_DISK_FULL and the like.
 */
export async function writeFileWhole(file: string, text: string | Uint8Array): Promise<void> {
  const target = path.resolve(file);
  await refuseSpecial(target, file);
  const partial = `${target}.partial-${process.pid}`;
  try {
    const handle = await open(partial, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw told(file, error);
  }
}

/** A file takes the place of what lies there: of a link itself, but never of a device or a pipe. */
async function refuseSpecial(target: string, file: string): Promise<void> {
  const found = await lstat(target).catch(() => undefined);
  // A link to a device, such as /dev/stdout, means that device.
  const meant = found?.isSymbolicLink() ? await stat(target).catch(() => undefined) : found;
  if (meant === undefined || meant.isFile() || meant.isDirectory()) return;
  throw new RackhelmError('INVALID_INPUT', `${file} is a device or a pipe, no file.`, {
    hint: 'Leave --output out: then it goes to stdout, from where the shell can lead it on.',
  });
}

function told(file: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException; // of a file operation
  const options = { cause: error };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const hint = 'Free some space; nothing was written.';
    return new RackhelmError('DATA_DISK_FULL', `There is no space for ${file}.`, {
      ...options,
      hint,
    });
  }
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') {
    const hint = 'Check the path; the folder has to be there.';
    return new RackhelmError('NOT_FOUND', `${file} cannot be written.`, { ...options, hint });
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    const hint = 'Choose a folder that you may write to.';
    return new RackhelmError('DATA_READ_ONLY', `You may not write ${file}.`, { ...options, hint });
  }
  return error;
}
