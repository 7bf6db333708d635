import type { Evidence } from '../../../../shared/checks/check.ts';

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Positional parameters of the script; they are quoted. */
  readonly args?: readonly string[];
  /** Run it as root: directly, by `sudo -n`, or with a password over stdin. Default false. */
  readonly root?: boolean;
  /** Milliseconds; default 15,000. */
  readonly timeoutMs?: number;
  /** Told each line as it comes, made harmless, for the log of a job. */
  readonly onLine?: (stream: 'out' | 'err', line: string) => void;
  /** How the evidence calls it, where the script is long. Default: its first line. */
  readonly named?: string;
  /** More than this on stdout or stderr ends it with SSH_OUTPUT_TOO_LARGE. Default 8 MiB. */
  readonly maxOutputBytes?: number;
}

export interface RunResult {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** Null when it was ended by a signal. */
  readonly exitCode: number | null;
  readonly signalName: string | null;
  /** What a check or probe may show of it. */
  readonly evidence: Evidence;
}

/** A regular file as it stands; undo writes it back as it was. */
export interface FileState {
  readonly path: string;
  readonly content: Buffer;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/**
 * One machine, as jobs and checks work on it. Throws RackhelmError: SSH_* where it cannot be reached,
 * SUDO_* where root cannot be had. A script that ends with another code than 0 is an answer, not an error.
 */
export interface Machine {
  readonly name: string;
  /** Where and as whom, for evidence: `pi-1`, `ada`. */
  readonly user: string;
  /** POSIX sh, over stdin to `sh -s`; never on a command line. */
  run(script: string, options: RunOptions): Promise<RunResult>;
  /** As root. Null: it is not there. Throws where it is no regular file. Follows a link to its end. */
  readFile(path: string, options: { readonly signal: AbortSignal }): Promise<FileState | null>;
  /**
   * As root: whole or not at all, also on a power cut (temporary file beside it, fsync, rename). Writes
   * what a link leads to; makes the directories above it, 0755. `mode`: default that of the file that
   * stands there, else 0644. Owner, SELinux context and ACL of a file that stands there stay.
   * `expect`: how it was last seen, null for not there; CHANGED_SINCE where it is not so any more.
   */
  writeFile(
    file: { readonly path: string; readonly content: Buffer | string; readonly mode?: number },
    options: { readonly signal: AbortSignal; readonly expect: FileState | null },
  ): Promise<void>;
  /**
   * As root. Deletes what a link leads to and leaves the link: undoes what `writeFile` made. `folder`: the
   * folder as well, where it is empty then.
   */
  deleteFile(
    path: string,
    options: {
      readonly signal: AbortSignal;
      readonly expect: FileState;
      readonly folder?: boolean;
    },
  ): Promise<void>;
  /** Text of /proc/sys/kernel/random/boot_id. */
  bootId(signal: AbortSignal): Promise<string>;
  /**
   * Restarts it and waits until it answers with another boot id; whoever holds the machine goes on
   * with it. Throws MACHINE_NOT_BACK after `timeoutMs`, SSH_HOST_KEY_CHANGED, OTHER_MACHINE.
   */
  reboot(options: { readonly signal: AbortSignal; readonly timeoutMs?: number }): Promise<void>;
  /**
   * A login of its own, not one that stands already: the proof that one can still get in. `at`: under
   * this address instead.
   */
  freshLogin(options: {
    readonly signal: AbortSignal;
    readonly at?: string;
    readonly timeoutMs?: number;
  }): Promise<void>;
}

/** A machine that is held for a job until it is released. */
export interface HeldMachine extends Machine {
  /** Throws LOCK_LOST where somebody else took the machine over; asked before each change. */
  checkLock(signal: AbortSignal): Promise<void>;
  /**
   * A new login under this address, and from now on everything goes there: the machine has moved, or
   * this proves that one can still get in. Throws SSH_*; SSH_HOST_KEY_CHANGED where another machine
   * answers. Then everything stays as it was.
   */
  moveTo(options: {
    readonly signal: AbortSignal;
    readonly at: string;
    readonly timeoutMs?: number;
  }): Promise<void>;
  /**
   * It is given these host keys now (`SHA256:…`), and shows one of them or its former one at a new login,
   * also after a restart. Whoever keeps keys for later is told elsewhere.
   */
  expectHostKeys(fingerprints: readonly string[]): void;
  /** The address or name under which it is reached now. */
  readonly at: string;
  /** Gives lock and connection back; nothing of ours stays there. Never throws. */
  release(): Promise<void>;
}
