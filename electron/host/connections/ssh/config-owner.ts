import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { ReadFile } from './foreign-file-request.ts';

/**
 * As ssh: a configuration that somebody else may write could run anything. A group of one's own, as
 * Debian gives to each account, does no harm. Windows has other means. Throws SSH_CONFIG_INVALID.
 */
export function refuseForeignOwner(
  file: string,
  { mode, uid, gid }: Omit<ReadFile, 'content'>,
): void {
  const own = process.getuid?.();
  if (own === undefined) return;
  const byOthers = (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && gid !== process.getgid?.());
  if (!byOthers && (uid === own || uid === 0)) return;
  const what = byOthers ? 'may be written by others' : 'belongs to another account';
  throw new RackhelmError('SSH_CONFIG_INVALID', `The ssh configuration ${file} ${what}.`, {
    hint: byOthers ? `Run chmod go-w ${file}` : 'Make it your own; ssh does not read it either.',
    data: { file },
  });
}
