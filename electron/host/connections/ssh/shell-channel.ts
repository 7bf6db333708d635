import type { Readable } from 'node:stream';
import type { ClientChannel, SFTPWrapper } from 'ssh2';
import type { Transport } from './transport.ts';

export interface ShellSize {
  readonly columns: number;
  readonly rows: number;
}

export interface ShellOptions {
  /** Absent: the login shell. */
  readonly command?: string | undefined;
  /** With a terminal of that size, in which error output comes with the rest. */
  readonly terminal?: ShellSize | undefined;
  readonly signal: AbortSignal;
}

/** A shell or a command as a stream to both sides, for as long as it runs. */
export interface ShellChannel {
  /** Reading slowly slows the command down. */
  readonly output: Readable;
  readonly errors: Readable;
  /** Resolves when it is on its way. */
  write(data: Buffer | string): Promise<void>;
  closeStdin(): void;
  resize(size: ShellSize): void;
  /** Rejects with SSH_CONNECTION_LOST where nobody knows how it ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly message: string | null }>;
  close(): void;
}

/** What programs there draw for; every machine knows it. */
const term = 'xterm-256color';

/** Opens its channel on a connection that stands. */
export function beginShell(
  transport: Transport,
  { command, terminal, signal }: ShellOptions,
): Promise<ClientChannel> {
  const pty = terminal && { term, cols: terminal.columns, rows: terminal.rows };
  return transport.session(signal, (client, done) => {
    if (command !== undefined) client.exec(command, pty === undefined ? {} : { pty }, done);
    else if (pty !== undefined) client.shell(pty, done);
    else client.shell(false, done);
  });
}

export function beginSftp(transport: Transport, signal: AbortSignal): Promise<SFTPWrapper> {
  return transport.session(signal, (client, done) => client.sftp(done));
}

export function shellOn(
  channel: ClientChannel,
  transport: Transport,
  { terminal }: ShellOptions,
): ShellChannel {
  let exit: { readonly code: number | null; readonly message: string | null } | undefined;
  channel.on('error', () => {}); // told again by 'close'; unheard it would end the process
  channel.on('exit', (code: number | null, name?: string) => {
    exit = name ? { code: null, message: `It was ended by ${name}.` } : { code, message: null };
  });
  if (terminal !== undefined) channel.stderr.resume();
  const ended = new Promise<{ code: number | null; message: string | null }>((resolve, reject) => {
    channel.once('close', () => {
      if (exit !== undefined) resolve(exit);
      else if (transport.alive) resolve({ code: null, message: null });
      else reject(transport.lostError());
    });
  });
  ended.catch(() => {}); // whoever waits for it is told
  return {
    output: channel,
    errors: channel.stderr,
    write: (data) =>
      new Promise((resolve, reject) => {
        channel.write(data, (error) => (error ? reject(error) : resolve()));
      }),
    closeStdin: () => channel.end(),
    resize({ columns, rows }) {
      if (channel.writable) channel.setWindow(rows, columns, 0, 0);
    },
    ended,
    close() {
      if (!transport.alive) return;
      // A terminal's end hangs up what runs in it; without one it has to be told to go.
      if (terminal === undefined) transport.terminate(channel);
      channel.close();
      channel.resume();
      channel.stderr.resume();
    },
  };
}
