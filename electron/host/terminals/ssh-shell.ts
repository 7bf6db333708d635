import { RackhelmError } from '../../../shared/model/errors.ts';
import type { SshTarget } from '../../../shared/model/ssh.ts';
import type { TerminalSize } from '../../../shared/terminals/screen.ts';
import type { Ask, SshConnection, SshPool, SshStep } from '../connections/ssh/index.ts';
import type { OpenShell } from './held-terminal.ts';

export interface SshShell {
  readonly pool: () => Promise<SshPool>;
  readonly target: SshTarget;
  readonly size: TerminalSize;
  /** Instead of the login shell. */
  readonly command?: string | undefined;
  readonly ask: Ask;
  readonly onStep?: (step: SshStep, text: string) => void;
  readonly signal: AbortSignal;
}

/**
 * A login shell on a machine. It shares the connection with all else; where the machine has no room for
 * one more session on it, it has one of its own.
 */
export async function openSshShell(asked: SshShell): Promise<OpenShell> {
  const first = await connectTo(asked, false);
  try {
    return await shellOver(first, asked);
  } catch (error) {
    first.release();
    if (!(error instanceof RackhelmError) || error.code !== 'SSH_NO_SHELL') throw error;
  }
  const own = await connectTo(asked, true);
  try {
    return await shellOver(own, asked);
  } catch (error) {
    own.release();
    throw error;
  }
}

async function connectTo({ pool, target, ask, onStep, signal }: SshShell, fresh: boolean) {
  return await (await pool()).connect(target, {
    ...{ ask, signal, fresh },
    ...(onStep !== undefined && { onStep }),
  });
}

async function shellOver(
  connection: SshConnection,
  { size, command, signal }: SshShell,
): Promise<OpenShell> {
  const channel = await connection.shell({ command, terminal: size, signal });
  const release = () => connection.release();
  channel.ended.then(release, release);
  const { user, host } = connection.resolved;
  async function* output() {
    for await (const data of channel.output) yield { data: data as Buffer }; // without an encoding it is bytes
  }
  return { shell: `${user}@${host}`, session: channel, output };
}
