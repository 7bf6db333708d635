import { parentPort } from 'node:worker_threads';
import { type Asks, cloneError, type FromThread, type ToThread } from './messages.ts';

/** `send` resolves when the part was taken, so that parts never pile up on the other side. */
export type Handlers<A extends Asks> = {
  readonly [N in keyof A]: (
    input: A[N]['input'],
    send: (part: A[N]['part']) => Promise<void>,
  ) => A[N]['output'] | Promise<A[N]['output']>;
};

/** For the entry of a thread: answers what it is asked until it is ended from outside. */
export function serveThread<A extends Asks>(handlers: Handlers<A>): void {
  const port = parentPort;
  if (!port) throw new Error('This file runs as a worker thread only.');
  let taken: () => void = () => {};
  const post = (message: FromThread): void => port.postMessage(message);
  const send = (part: unknown): Promise<void> =>
    new Promise((resolve) => {
      taken = resolve;
      post({ type: 'part', part });
    });
  port.on('message', (message: ToThread) => {
    if (message.type === 'more') taken();
    else void answer(handlers[message.name], message.input, send).then(post);
  });
}

async function answer<I, P>(
  handler: ((input: I, send: (part: P) => Promise<void>) => unknown) | undefined,
  input: I,
  send: (part: P) => Promise<void>,
): Promise<FromThread> {
  try {
    if (!handler) throw new Error('This thread does not know the question.');
    return { type: 'done', output: await handler(input, send) };
  } catch (error) {
    return { type: 'failed', error: cloneError(error) };
  }
}
