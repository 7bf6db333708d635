import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeScratch } from '../scratch.ts';
import { type KeyKind, type KeyPair, makeKey } from './keys.ts';

export const sshdPath = '/usr/sbin/sshd';

export interface SshdOptions {
  /** Types of the host keys to make. Default: one ed25519. */
  readonly hostKeys?: readonly KeyKind[];
  /** Public key lines that may log in, whoever the user. */
  readonly authorized?: readonly string[];
  /** More lines for sshd_config; they take the place of the defaults below. */
  readonly config?: readonly string[];
  readonly port?: number;
}

/** A real sshd on 127.0.0.1, with its own keys and directory. */
export interface Sshd {
  readonly port: number;
  readonly pid: number;
  readonly directory: string;
  readonly hostKeys: readonly KeyPair[];
  /** Whoever runs the tests: sshd lets that user in without root. */
  readonly user: string;
  log(): string;
  /** Waits until the log says this, up to ten seconds. */
  logged(what: RegExp): Promise<void>;
  /** Processes of sessions under way. */
  sessionPids(): number[];
  signalSessions(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  stop(): Promise<void>;
}

export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const directory = makeScratch('sshd');
  // sshd reads the authorized keys as the user who logs in.
  chmodSync(directory, 0o755);
  const port = options.port ?? (await freePort());
  const kinds = options.hostKeys ?? ['ed25519'];
  const hostKeys = kinds.map((kind) => makeKey(directory, `host_${kind}`, { kind }));
  writeFileSync(path.join(directory, 'authorized'), (options.authorized ?? []).join('\n'));
  const config = path.join(directory, 'sshd_config');
  writeFileSync(config, configText(directory, port, hostKeys, options.config ?? []));
  // sshd wants it for privilege separation; the service unit makes it otherwise.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const sshd = ['-D', '-E', path.join(directory, 'log'), '-f', config];
  const child = spawn(...boundToUs(sshdPath, sshd), { stdio: 'ignore' });
  await once(child, 'spawn');
  const started = handle(child, { directory, port, hostKeys });
  try {
    await listening(child, port, started);
  } catch (error) {
    await started.stop();
    throw error;
  }
  return started;
}

/** So that nothing stays behind when the tests are killed. The process id stays that of sshd. */
function boundToUs(command: string, args: readonly string[]): [string, string[]] {
  if (!existsSync('/usr/bin/setpriv')) return [command, [...args]];
  return ['/usr/bin/setpriv', ['--pdeathsig', 'TERM', command, ...args]];
}

function configText(
  directory: string,
  port: number,
  hostKeys: readonly KeyPair[],
  extra: readonly string[],
): string {
  const keyword = (line: string) => line.split(/\s/, 1)[0]?.toLowerCase();
  const given = new Set(extra.map(keyword));
  const defaults = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    ...hostKeys.map(({ path: file }) => `HostKey ${file}`),
    `AuthorizedKeysFile ${directory}/authorized`,
    'PidFile none',
    // The directory lies below /tmp, which everybody may write to.
    'StrictModes no',
    'PermitRootLogin yes',
    // Whoever runs the tests may have a shell profile that is slow or takes locks.
    `SetEnv HOME=${directory}`,
    'UsePAM no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UseDNS no',
    'LogLevel DEBUG1',
    'Subsystem sftp internal-sftp',
    // Many tests connect at once.
    'MaxStartups 200',
  ];
  // Not for every keyword does sshd take the first line that it finds.
  return [...extra, ...defaults.filter((line) => !given.has(keyword(line))), ''].join('\n');
}

function handle(
  child: ChildProcess,
  parts: { directory: string; port: number; hostKeys: readonly KeyPair[] },
): Sshd {
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const pid = child.pid ?? -1;
  const log = () => readFileSync(path.join(parts.directory, 'log'), 'utf8');
  return {
    ...parts,
    pid,
    user: os.userInfo().username,
    log,
    async logged(what) {
      for (let attempt = 0; !what.test(log()); attempt += 1) {
        if (attempt === 500) throw new Error(`sshd never logged ${what}:\n${log()}`);
        await pause(20);
      }
    },
    sessionPids: () => childrenOf(pid),
    signalSessions(signal) {
      for (const session of childrenOf(pid)) send(session, signal);
    },
    async stop() {
      // A frozen process takes no other signal.
      this.signalSessions('SIGCONT');
      this.signalSessions('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGCONT');
        child.kill('SIGTERM');
        await exited;
      }
      rmSync(parts.directory, { recursive: true, force: true });
    },
  };
}

/** Every descendant, nearest first. */
function childrenOf(pid: number): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    table.flatMap(([child = -1, of]) => (of === parent ? [child, ...below(child)] : []));
  return below(pid);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself between the listing and now, as do those whose parent went first.
  }
}

async function listening(child: ChildProcess, port: number, sshd: Sshd): Promise<void> {
  for (let attempt = 0; attempt < 750; attempt += 1) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`sshd ended at once:\n${sshd.log()}`);
    if (await answers(port)) return;
    await pause(20);
  }
  throw new Error(`sshd does not listen:\n${sshd.log()}`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    // Whoever else has this port by now may never say anything.
    socket.setTimeout(1000, () => done(false));
    socket.once('data', () => done(true));
    socket.once('error', () => done(false));
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
