import type { IncomingMessage } from 'node:http';
import { bounded, parsedAnswer } from './answer.ts';
import type { Dial } from './dial.ts';
import { cancelled, DockerError } from './errors.ts';
import { fromConnection } from './failures.ts';
import { jsonLines } from './json-lines.ts';
import { Turns } from './turns.ts';
import type { DockerCall, DockerClient, DockerRequest, EngineAbout } from './types.ts';
import { readAbout } from './version.ts';
import { Wire } from './wire.ts';

/**
 * Calls of which so many are under way at once: over SSH each takes a channel, and an engine that is asked
 * for everything at once answers all of it late. An agent of Node's would count a connection only once it
 * is open, and open one for each of those that come together.
 */
const callsAtOnce = 6;
const callMs = 30_000;
const answerBytes = 32 * 1024 * 1024;

export interface DockerClientOptions {
  readonly dial: Dial;
  /** For messages: `/var/run/docker.sock on gpu-1`. */
  readonly where: string;
}

/** An engine behind any kind of stream. */
export function createDockerClient({ dial, where }: DockerClientOptions): DockerClient {
  const wire = new Wire(where, dial);
  const turns = new Turns(callsAtOnce);
  let settled: Promise<EngineAbout> | null = null;

  /** Of all who ask at once the first one asks; who fails lets the next one ask anew. */
  async function about(signal: AbortSignal): Promise<EngineAbout> {
    settled ??= read({ path: '/version', signal: wire.closed, timeoutMs: 15_000 }, undefined)
      .then((answer) => readAbout(answer, where))
      .catch((error: unknown) => {
        settled = null;
        throw error;
      });
    return orLeft(settled, signal);
  }

  async function read(request: DockerCall, version: string | undefined): Promise<unknown> {
    const { timeoutMs = callMs, maxBytes = answerBytes } = request;
    const release = await turns.take();
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(tooLate(where)), timeoutMs);
    const signal = AbortSignal.any([request.signal, late.signal]);
    try {
      const answer = await wire.send({ ...request, signal, version, lasts: false });
      if (answer.statusCode === 304) answer.resume();
      return parsedAnswer(await bounded(answer, { where, maxBytes, signal }), where);
    } finally {
      clearTimeout(timer);
      release();
    }
  }

  async function open(request: DockerRequest): Promise<IncomingMessage> {
    const { apiVersion } = await about(request.signal);
    const answer = await wire.send({ ...request, version: apiVersion, lasts: true });
    const onAbort = () => answer.destroy(cancelled(request.signal));
    request.signal.addEventListener('abort', onAbort, { once: true });
    answer.once('close', () => request.signal.removeEventListener('abort', onAbort));
    return answer;
  }

  async function* told(answer: IncomingMessage, signal: AbortSignal) {
    try {
      yield* jsonLines(answer, where);
    } catch (error) {
      throw signal.aborted ? cancelled(signal) : fromConnection(error, where);
    } finally {
      answer.destroy();
    }
  }

  return {
    about,
    call: async (request) => read(request, (await about(request.signal)).apiVersion),
    lines: async (request) => told(await open(request), request.signal),
    stream: open,
    async hijack(request) {
      const { apiVersion } = await about(request.signal);
      return wire.hijack({ ...request, method: 'POST', version: apiVersion, lasts: true });
    },
    async upload({ content, timeoutMs = 3_600_000, ...request }) {
      const { apiVersion } = await about(request.signal);
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
      const sent = { ...request, signal, content, version: apiVersion, lasts: true };
      const answer = await wire.send({ method: 'PUT', ...sent });
      await bounded(answer, { where, maxBytes: answerBytes, signal });
    },
    close: () => wire.close(),
  };
}

function tooLate(where: string): DockerError {
  return new DockerError('DOCKER_UNREACHABLE', `${where} does not answer in time.`);
}

function orLeft<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(cancelled(signal));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
