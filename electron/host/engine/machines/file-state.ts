import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { FileState } from './machine.ts';

/** Whether a file is as it was last seen; the path is what was asked for. */
export function isSameFile(now: FileState | null, seen: FileState | null): boolean {
  if (now === null || seen === null) return now === seen;
  return (
    now.content.equals(seen.content) &&
    now.mode === seen.mode &&
    now.uid === seen.uid &&
    now.gid === seen.gid
  );
}

export function changedSince(path: string): RackhelmError {
  return new RackhelmError('CHANGED_SINCE', `${path} is not as it was when it was read.`);
}
