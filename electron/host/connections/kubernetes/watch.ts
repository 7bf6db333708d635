import type { IncomingMessage } from 'node:http';
import type { ResourceType } from '../../../../shared/cluster/kube-object.ts';
import { KubeError } from './errors.ts';
import { typePath } from './paths.ts';
import { Silence } from './silence.ts';
import { fromStatus, parseStatus } from './status.ts';
import type { ObjectReader, ReadLine, WatchEnd, WatchEvent, WatchOptions } from './types.ts';
import { linesOf } from './watch-lines.ts';
import type { Wire } from './wire.ts';

const defaultSilentMs = 150_000;
/** Each watch asks to be ended after another time, so that not all begin anew at once. */
const leastSeconds = 300;

type Ended = Extract<WatchEvent, { type: 'END' }>;

/** One watch, from where it begins to its end. Never throws. */
export async function* watchEvents<T>(
  { wire, reader }: { readonly wire: Wire; readonly reader: ObjectReader<T> },
  type: ResourceType,
  options: WatchOptions,
): AsyncGenerator<WatchEvent<T>, void, void> {
  let answer: IncomingMessage;
  try {
    answer = await opened(wire, type, options);
  } catch (error) {
    yield endOf(error, options.signal);
    return;
  }
  let silent = false;
  const silence = new Silence(options.silentMs ?? defaultSilentMs, () => {
    silent = true;
    answer.destroy();
  });
  answer.on('data', () => silence.heard());
  answer.pause();
  try {
    yield { type: 'OPEN' };
    for await (const line of linesOf(answer)) {
      if (line.trim() === '') continue;
      const event = eventOf(await reader.line(line), wire.where);
      yield event;
      if (event.type === 'END') return;
    }
    yield options.signal.aborted ? ended('left') : ended(silent ? 'silent' : 'ended');
  } catch (error) {
    yield silent ? ended('silent') : endOf(error, options.signal);
  } finally {
    silence.stop();
    answer.destroy();
  }
}

async function opened(
  wire: Wire,
  type: ResourceType,
  options: WatchOptions,
): Promise<IncomingMessage> {
  const query = {
    watch: true,
    allowWatchBookmarks: true,
    resourceVersion: options.resourceVersion,
    timeoutSeconds: Math.round(leastSeconds * (1 + Math.random())),
    labelSelector: options.labelSelector,
    fieldSelector: options.fieldSelector,
  };
  const path = typePath(type, options.namespace);
  return await wire.open({ path, query, signal: options.signal });
}

/** Throws KUBE_ANSWER_ODD where a line is no event. */
function eventOf<T>(read: ReadLine<T> | null, where: string): WatchEvent<T> {
  if (read === null)
    throw new KubeError('KUBE_ANSWER_ODD', `${where} sends an event that is none.`);
  if (read.type !== 'ERROR') return read;
  const said = parseStatus(read.status);
  return refused(fromStatus(said, { where, status: said?.code ?? 500 }));
}

function endOf(error: unknown, signal: AbortSignal): Ended {
  if (signal.aborted) return ended('left');
  if (error instanceof KubeError && error.code !== 'KUBE_UNREACHABLE') return refused(error);
  const told =
    error instanceof KubeError
      ? error
      : new KubeError('KUBE_UNREACHABLE', 'The watch broke off.', { cause: error });
  return ended('cut', told);
}

function refused(error: KubeError): Ended {
  return ended(error.code === 'KUBE_GONE' ? 'gone' : 'refused', error);
}

function ended(reason: WatchEnd, error: KubeError | null = null): Ended {
  return { type: 'END', reason, error };
}
