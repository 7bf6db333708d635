import { RackhelmError } from '../../../shared/model/errors.ts';
import { type SshTarget, sshTarget } from '../../../shared/model/ssh.ts';
import type { TargetOptions } from './options.ts';

const userAtHost = /^([^@\s]+)@(.+)$/;

/** What the person wrote on the command line as a target. Throws INVALID_INPUT. */
export function parseTarget(written: string, options: TargetOptions): SshTarget {
  const match = userAtHost.exec(written);
  const user = options.user ?? match?.[1];
  const parsed = sshTarget.safeParse({
    host: match?.[2] ?? written,
    ...(user === undefined ? {} : { user }),
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.identity === undefined ? {} : { identityFile: options.identity }),
    ...(options.jump === undefined ? {} : { jump: [...options.jump] }),
  });
  if (!parsed.success) {
    throw new RackhelmError('INVALID_INPUT', `"${written}" is no host that can be connected to.`, {
      hint: 'Write a name, an address, or user@host.',
      cause: parsed.error,
    });
  }
  return parsed.data;
}
