import path from 'node:path';
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
    ...(options.identity === undefined ? {} : { identityFile: fromHere(options.identity) }),
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

/** A relative path means the working directory, as for `ssh -i`; `~` is left to whoever reads it. */
function fromHere(file: string): string {
  return file.startsWith('~') ? file : path.resolve(file);
}
