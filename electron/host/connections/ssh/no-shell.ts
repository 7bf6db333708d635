import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { ExecResult } from './types.ts';

// nologin(8) of Debian, Red Hat and the BSDs, /bin/false, and shells that are not there.
const refusals = [
  /this account is (currently )?not available/i,
  /account.{0,40}(disabled|locked|not available)/i,
  /only allows? (sftp|file transfer)/i,
  /this service allows sftp connections only/i,
];

/**
 * For a command that should have printed something: the error that tells that this user has no
 * shell, or null when the result does not look like that.
 */
export function explainNoShell(result: ExecResult): RackhelmError | null {
  const said = `${result.stdout.toString('utf8', 0, 4096)}\n${result.stderr.toString('utf8', 0, 4096)}`;
  const refused = refusals.some((pattern) => pattern.test(said));
  const silent = result.exitCode === 1 && result.stdout.length + result.stderr.length === 0;
  if (result.exitCode === 0 || !(refused || silent)) return null;
  return new RackhelmError(
    'SSH_NO_SHELL',
    'This user may log in but has no shell to run commands.',
  );
}
