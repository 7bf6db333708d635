import { lockDataDirectory } from './db/index.ts';
import { type HostOptions, HostState } from './host-state.ts';
import { createReporter } from './log.ts';
import {
  type ServedPort,
  type ServedSocket,
  serveMessagePort,
  serveWebSocket,
} from './rpc/index.ts';

/** The host with a lock on its data directory; windows come and go over ports or sockets. */
export interface Host {
  connectPort(port: ServedPort): void;
  connectSocket(socket: ServedSocket): void;
  readonly report: (error: unknown) => void;
  /** Ends connections to machines, closes the database and frees the data directory. */
  close(): Promise<void>;
}

/** For entries: a fault that nobody caught is written down, and the host goes on. */
export function keepRunning(report: (error: unknown) => void): void {
  process.on('unhandledRejection', report);
  process.on('uncaughtException', report);
}

/**
 * Composition root. Throws RackhelmError with a DATA_* code when the data directory cannot be used;
 * a damaged database is no failure: the host starts and offers its copies.
 */
export async function startHost(options: Omit<HostOptions, 'report' | 'renewLock'>): Promise<Host> {
  const lock = lockDataDirectory(options.dataDirectory);
  const report = createReporter(options.dataDirectory);
  let state: HostState;
  try {
    state = new HostState({ ...options, report, renewLock: lock.renew });
  } catch (error) {
    lock.release();
    throw error;
  }
  return {
    report,
    connectPort: (port) => serveMessagePort(port, state),
    connectSocket: (socket) => serveWebSocket(socket, state),
    close: async () => {
      try {
        await state.close();
      } finally {
        lock.release();
      }
    },
  };
}
