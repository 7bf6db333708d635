import path from 'node:path';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type SshTarget, sshTarget } from '../../../../shared/model/ssh.ts';
import { readTargetText } from '../../../../shared/model/ssh-target-text.ts';
import type { TargetOptions } from '../terminal/options.ts';

/** What the person wrote on the command line as a target; options win. Throws INVALID_INPUT. */
export function parseTarget(written: string, options: TargetOptions): SshTarget {
  const read = readTargetText(written);
  if (!read.ok) throw noTarget(written, read.problem);
  const { host } = read.target;
  const user = options.user ?? read.target.user;
  const port = options.port ?? read.target.port;
  const parsed = sshTarget.safeParse({
    host,
    ...(user === undefined ? {} : { user }),
    ...(port === undefined ? {} : { port }),
    ...identityOf(options),
    ...(options.jump === undefined ? {} : { jump: [...options.jump] }),
  });
  if (!parsed.success) throw noTarget(written, '', parsed.error);
  return parsed.data;
}

export function identityOf({ identity }: Pick<TargetOptions, 'identity'>) {
  return identity === undefined ? {} : { identityFile: fromHere(identity) };
}

function noTarget(written: string, problem: string, cause?: unknown): RackhelmError {
  const shown = written.length > 80 ? `${written.slice(0, 80)}…` : written;
  return new RackhelmError('INVALID_INPUT', `"${shown}" is no host that can be connected to.`, {
    hint: `${problem} Write a name, an address, user@host or user@host:port.`.trim(),
    cause,
  });
}

/** A relative path means the working directory, as for `ssh -i`; `~` is left to whoever reads it. */
function fromHere(file: string): string {
  return file.startsWith('~') ? file : path.resolve(file);
}
