import { RackhelmError } from '../../../shared/model/errors.ts';
import { serveThread } from './serve-thread.ts';

/** For the tests of WorkerThread: what a thread may do well or badly. */
export type OddJobs = {
  double: { input: number; output: number; part: never };
  count: { input: number; output: string; part: number };
  sizeOf: { input: Uint8Array; output: number; part: never };
  threadId: { input: null; output: number; part: never };
  refuse: { input: null; output: never; part: never };
  throw: { input: null; output: never; part: never };
  spin: { input: Int32Array; output: never; part: never };
  hoard: { input: null; output: never; part: never };
  exit: { input: null; output: never; part: never };
  unheard: { input: null; output: never; part: never };
};

const threadId = Math.random();

serveThread<OddJobs>({
  double: (value) => value * 2,
  count: async (upTo, send) => {
    for (let at = 0; at < upTo; at += 1) await send(at);
    return 'counted';
  },
  sizeOf: (bytes) => bytes.length,
  threadId: () => threadId,
  refuse: () => {
    throw new RackhelmError('NOT_FOUND', 'It is not there.', { hint: 'Look.', data: { at: 1 } });
  },
  throw: () => {
    throw new TypeError('of another kind');
  },
  spin: (started) => {
    Atomics.store(started, 0, 1);
    Atomics.notify(started, 0);
    for (;;) Atomics.add(started, 1, 1);
  },
  hoard: () => {
    const kept: string[][] = [];
    for (;;) kept.push(Array.from({ length: 10_000 }, (_, at) => `${kept.length}:${at}`));
  },
  exit: () => process.exit(3),
  unheard: async () => {
    setImmediate(() => {
      throw new Error('heard by nobody');
    });
    return await new Promise<never>(() => {});
  },
});
