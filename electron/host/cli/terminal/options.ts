import type { Command } from 'commander';

export interface DataOption {
  readonly data: string;
}

/** What every command that talks to machines may be told. */
export interface TargetOptions extends DataOption {
  readonly user?: string;
  readonly port?: number;
  readonly identity?: string;
  readonly jump?: readonly string[];
  readonly sshConfig?: string;
  readonly acceptNewHostKey?: true;
  readonly passphraseFile?: string;
  /** Keep what is typed once it worked. */
  readonly remember?: true;
  /** Seconds. */
  readonly timeout: number;
  readonly json?: true;
}

/** Before the command or after it: what stands after wins. */
export function handDownData(program: Command, subcommand: Command): void {
  const { data } = program.opts<Partial<DataOption>>();
  if (data !== undefined) subcommand.setOptionValue('data', data);
}
