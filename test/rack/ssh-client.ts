import type { AccountName } from './accounts.ts';
import { type CommandResult, runProgram } from './command.ts';
import type { Rack } from './rack.ts';

export interface SshOptions {
  /** Default root. */
  readonly user?: AccountName;
  readonly stdin?: string;
  /** Seconds. Default 5. */
  readonly connectTimeout?: number;
  /** More `-o` options, such as `StrictHostKeyChecking=no`. */
  readonly set?: readonly string[];
}

/** Logs in with OpenSSH's own client as the account is meant to, and runs a command. */
export function ssh(
  rack: Rack,
  node: string,
  command: string,
  options: SshOptions = {},
): Promise<CommandResult> {
  const account = rack.account(options.user ?? 'root');
  // The first value that ssh is given for a name is the one that counts.
  const settings = [
    ...(options.set ?? []),
    `User=${account.user}`,
    `ConnectTimeout=${options.connectTimeout ?? 5}`,
    'NumberOfPasswordPrompts=1',
    ...(account.identityFile
      ? ['PreferredAuthentications=publickey', `IdentityFile=${account.identityFile}`]
      : ['PubkeyAuthentication=no']),
  ];
  const args = ['-F', rack.sshConfigFile, ...settings.flatMap((one) => ['-o', one]), node, command];
  const secret = account.passphrase ?? (account.identityFile ? null : account.password);
  const run = { stdin: options.stdin ?? '', timeoutMs: 20_000 };
  if (secret === null) return runProgram('ssh', ['-o', 'BatchMode=yes', ...args], run);
  const prompt = account.passphrase ? 'passphrase' : 'assword';
  const env = { ...process.env, SSHPASS: secret };
  return runProgram('sshpass', ['-e', '-P', prompt, 'ssh', ...args], { ...run, env });
}
