import type { MessagePortMain, ParentPort } from 'electron';
import { RackhelmError } from '../../shared/model/errors.ts';
import type { KeyStore } from '../../shared/model/secrets.ts';
import { type FromHost, type StartFailure, toHost } from './host-messages.ts';
import { createRemoteKeyStore } from './remote-key-store.ts';

/** What is used of the host; the entry passes the real one. */
export interface RunningHost<Port> {
  connectPort(port: Port): void;
  close(): Promise<void>;
}

interface ParentMessage<Port> {
  readonly data: unknown;
  readonly ports: readonly Port[];
}

interface ParentLine<Port> extends Pick<ParentPort, 'postMessage'> {
  on(event: 'message', listener: (message: ParentMessage<Port>) => void): unknown;
}

export interface HostRunnerOptions<Port> {
  readonly parent: ParentLine<Port>;
  readonly start: (keyStore: KeyStore) => Promise<RunningHost<Port>>;
  readonly onTerminate: (listener: () => void) => void;
  readonly exit: (code: number) => void;
  readonly log: (line: string) => void;
}

function describe(error: unknown): StartFailure {
  const known =
    error instanceof RackhelmError
      ? error
      : new RackhelmError('INTERNAL', `Rackhelm could not start: ${String(error)}`);
  return { type: 'failed', code: known.code, message: known.message, hint: known.hint };
}

/**
 * The life of the host in its utility process: start, tell the main process how that went, connect
 * the ports that come, close once when asked. A failed start stays until it is killed, because a
 * process that exits at once may take its last message with it.
 */
export async function runHost<Port = MessagePortMain>(
  options: HostRunnerOptions<Port>,
): Promise<void> {
  const { parent, exit, log } = options;
  const tell = (message: FromHost) => parent.postMessage(message);
  const keyStore = createRemoteKeyStore(tell);
  const starting = options.start(keyStore);
  let closing = false;

  async function close(): Promise<void> {
    if (closing) return;
    closing = true;
    let exitCode = 0;
    try {
      const host = await starting.catch(() => null); // told as `failed` below
      await host?.close();
    } catch (error) {
      log(`The host did not close cleanly: ${String(error)}`);
      exitCode = 1;
    }
    exit(exitCode);
  }

  async function connect(ports: readonly Port[]): Promise<void> {
    try {
      const host = await starting;
      for (const port of ports) host.connectPort(port);
    } catch (error) {
      log(`A window could not be connected: ${String(error)}`);
    }
  }

  options.onTerminate(() => void close());
  parent.on('message', ({ data, ports }) => {
    const message = toHost.safeParse(data);
    if (!message.success) {
      log('The main process sent a message that the host does not know.');
    } else if (message.data.type === 'shutdown') {
      void close();
    } else if (message.data.type === 'key-store') {
      keyStore.receive(message.data);
    } else {
      void connect(ports);
    }
  });
  try {
    await starting;
    tell({ type: 'ready' });
  } catch (error) {
    tell(describe(error));
  }
}
