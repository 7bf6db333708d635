import type { Duplex } from 'node:stream';
import type { SFTPWrapper } from 'ssh2';
import type { HostKeyStore } from '../../../../shared/model/host-keys.ts';
import type { SshAnswer, SshQuestion, SshTarget } from '../../../../shared/model/ssh.ts';
import type { ForwardTarget } from './forward-target.ts';
import type { HeldKey } from './held-key.ts';
import type { AuthMethodName } from './host-settings.ts';
import type { ShellChannel, ShellOptions } from './shell-channel.ts';

/** An answer, and whom to tell what came of it; where that cannot be known, nobody is told. */
export type Answer = SshAnswer & {
  /** The login that it was given for has succeeded with it. */
  readonly worked?: () => void;
  readonly wrong?: () => void;
};

/** Puts a question before a person (or answers from options given on the command line). */
export type Ask = (question: SshQuestion, signal: AbortSignal) => Promise<Answer>;

/**
 * `notice`: something of the ssh configuration that is not followed, or a key taken by its word.
 * `wait`: for what a person does elsewhere.
 */
export type SshStep = 'resolve' | 'notice' | 'connect' | 'host-key' | 'authenticate' | 'wait';

export interface ConnectOptions {
  readonly ask: Ask;
  readonly signal: AbortSignal;
  /** Told in order as the connection proceeds, jump hosts included. */
  readonly onStep?: (step: SshStep, text: string) => void;
  /** Milliseconds for everything but the time spent waiting for a person. Default 15,000. */
  readonly timeoutMs?: number;
  /**
   * Whether a person is there who can confirm at an agent or sign in elsewhere meanwhile, which stops
   * the clock. Default true.
   */
  readonly attended?: boolean;
  /** Told what the machine says to people before the login, made harmless. */
  readonly onBanner?: (host: string, text: string) => void;
  /** A connection of its own, closed when it is given back: the proof that one can log in now. */
  readonly fresh?: boolean;
  /** A public key, as in a .pub file: the machine itself is shown this one and no other. */
  readonly onlyKey?: string;
  /** Where it answers now; everything else is as the target and the configuration say of it. */
  readonly at?: string;
}

/** The stdin of a command that runs. */
export interface CommandStdin {
  write(data: string): void;
  end(data?: string): void;
}

export interface ExecOptions {
  readonly signal: AbortSignal;
  /** Written to the command's stdin, then stdin is closed. */
  readonly stdin?: string | Buffer;
  /** Told each piece of output as it comes. With `talks` stdin stays open, and this ends it. */
  readonly onOutput?: (stream: 'out' | 'err', chunk: Buffer, stdin: CommandStdin) => void;
  readonly talks?: boolean;
  /**
   * Milliseconds after the command's end for the rest of its output; then what it left behind in the
   * background, and keeps the output open, is not waited for. Default: until all is closed.
   */
  readonly afterExitMs?: number;
  /** Milliseconds until SSH_TIMEOUT, connecting anew included where that is needed. Default 15,000. */
  readonly timeoutMs?: number;
  /** More than this on stdout or stderr ends it with SSH_OUTPUT_TOO_LARGE. Default 8 MiB. */
  readonly maxOutputBytes?: number;
}

export interface ExecResult {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** Null when the command was ended by a signal. */
  readonly exitCode: number | null;
  readonly signalName: string | null;
}

/** What anything above SSH needs of a machine. Small, so that tests can fake it. */
export interface RemoteShell {
  /** Runs one command line with the user's login shell. Throws RackhelmError, SSH_* codes. */
  exec(command: string, options: ExecOptions): Promise<ExecResult>;
}

export interface SshConnection extends RemoteShell {
  /** The target after ssh configuration and defaults, for messages and for the inventory. */
  readonly resolved: ResolvedTarget;
  /**
   * Milliseconds that connecting left of its time limit, for whoever promises one limit for
   * connecting and what follows together. Of a connection that stood already: the whole.
   */
  readonly leftMs: number;
  /** The key that the machine showed and proved; `sha256` as OpenSSH prints it. */
  readonly hostKey?: { readonly type: string; readonly sha256: string } | undefined;
  /**
   * A stream to a host and port, or a socket in the file system, as seen from that machine. It stands
   * as long as the lease. Throws SSH_FORWARD_REFUSED where the machine does not let it through, or
   * reaches nothing there; its data says which of both.
   */
  forward(to: ForwardTarget, signal: AbortSignal): Promise<Duplex>;
  /** A shell or a command for as long as it runs. Throws SSH_NO_SHELL where there is no room for it. */
  shell(options: ShellOptions): Promise<ShellChannel>;
  /** Its files. Throws SSH_NO_SHELL where it has no room, or no sftp. */
  sftp(signal: AbortSignal): Promise<SFTPWrapper>;
  /** Gives the lease back; the pool keeps the connection for a while and closes it when idle. */
  release(): void;
}

export interface ResolvedTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Those that were named or configured and that are there; the usual ones need no word. */
  readonly identityFiles: readonly string[];
  readonly jump: readonly string[];
  /** What the person wrote. */
  readonly asked: SshTarget;
}

/** One authenticated connection per machine and user; many channels on each. */
export interface SshPool {
  connect(target: SshTarget, options: ConnectOptions): Promise<SshConnection>;
  /** Closes every connection. */
  close(): Promise<void>;
}

export interface SshPoolOptions {
  readonly hostKeys: HostKeyStore;
  /** Stands for `~`. Default: the home directory of whoever runs this. */
  readonly home?: string;
  /** Read instead of `~/.ssh/config` and the system's, as `ssh -F` does; it has to exist. */
  readonly configFile?: string;
  /** Ways to log in to the target itself, whatever the configuration says. */
  readonly authMethods?: readonly AuthMethodName[];
  /** Read instead of the user's and the system's known_hosts files. */
  readonly knownHostsFiles?: readonly string[];
  /**
   * Also record keys that a known_hosts file vouches for, because that file will not be read again.
   * Default false.
   */
  readonly recordKnown?: boolean;
  /** Keys beside those of files and agents, the newest first; asked for anew at each login. */
  readonly heldKeys?: () => readonly HeldKey[];
  /** Milliseconds that an unused connection is kept. Default 60,000. */
  readonly idleMs?: number;
  /** Where SSH_AUTH_SOCK and USER come from. Default `process.env`. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Handshakes under way at once. Default 16. */
  readonly maxConcurrentConnects?: number;
}
