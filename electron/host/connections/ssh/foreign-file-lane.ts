import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { threadEntry } from '../../worker/index.ts';
import type { FileAnswer, FileReady, FileRequest } from './foreign-file-request.ts';

/** What carries requests to where files are opened, whether a process or a thread. */
export interface Lane {
  ask(request: FileRequest): void;
  /** Keeps the host from ending, or no longer does. */
  hold(held: boolean): void;
  /** Gives it up; the promise resolves when it is really gone, which may be never. */
  drop(): Promise<void>;
}

export interface LaneEvents {
  readonly onMessage: (message: FileAnswer | FileReady) => void;
  readonly onGone: () => void;
}

export type StartLane = (events: LaneEvents) => Lane;

const entry = threadEntry(import.meta.url, 'foreign-file-process');

/** A process: one that hangs in the file system does not keep the host from ending, as a thread does. */
export function startProcess({ onMessage, onGone }: LaneEvents): Lane {
  const child = fork(fileURLToPath(entry), [], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // It speaks no other language, being our own.
  child.on('message', (message) => onMessage(message as FileAnswer | FileReady));
  child.on('error', onGone);
  child.on('exit', onGone);
  return {
    ask: (request) => child.send(request, (error) => error && onGone()),
    hold: (held) => holdProcess(child, held),
    drop: () => dropProcess(child),
  };
}

function holdProcess(child: ChildProcess, held: boolean): void {
  if (held) child.channel?.ref();
  else child.channel?.unref();
  child.unref();
}

function dropProcess(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
    if (child.connected) child.disconnect();
    child.kill('SIGKILL');
    child.unref();
  });
}

/** Where the runtime starts no process of its own kind. */
export function startThread({ onMessage, onGone }: LaneEvents): Lane {
  const worker = new Worker(entry, { execArgv: [] });
  worker.on('message', (message: FileAnswer | FileReady) => onMessage(withBuffer(message)));
  worker.on('error', onGone);
  worker.on('exit', onGone);
  return {
    ask: (request) => worker.postMessage(request),
    hold: (held) => (held ? worker.ref() : worker.unref()),
    drop: async () => {
      worker.unref();
      await worker.terminate();
    },
  };
}

/** A Buffer crosses to another thread as plain bytes. */
function withBuffer(message: FileAnswer | FileReady): FileAnswer | FileReady {
  if (message.kind !== 'read') return message;
  const { content } = message.file;
  return { ...message, file: { ...message.file, content: Buffer.from(content) } };
}
