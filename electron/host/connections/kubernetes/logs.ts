import { KubeError } from './errors.ts';
import { objectPath } from './paths.ts';
import { cancelled } from './socket-errors.ts';
import type { LogLine, LogOptions, PodName } from './types.ts';
import type { Wire } from './wire.ts';
import { pods } from './write.ts';

const mostLine = 16 * 1024;

/** Lines of one container. Ends where the log ends, and with the signal. */
export async function* logLines(
  wire: Wire,
  pod: PodName,
  options: LogOptions,
): AsyncGenerator<LogLine, void, void> {
  const { container, follow, previous, tailLines, since, limitBytes, signal } = options;
  const query = {
    ...{ container, follow, previous, tailLines, limitBytes },
    timestamps: true,
    sinceTime: since === undefined ? undefined : new Date(since).toISOString(),
  };
  const path = objectPath(pods, { ...pod, subresource: 'log' });
  const answer = await wire.open({ path, query, signal, accept: '*/*' });
  try {
    yield* cutLines(answer as AsyncIterable<Buffer>); // an answer without an encoding
  } catch (error) {
    if (signal.aborted) return;
    if (wire.closed.aborted) throw cancelled(wire.closed);
    throw new KubeError('KUBE_UNREACHABLE', 'The log broke off.', { cause: error });
  } finally {
    answer.destroy();
  }
}

/** Lines as runtimes stamp them. A container may print without ever ending one. */
export async function* cutLines(
  answer: AsyncIterable<Buffer>,
): AsyncGenerator<LogLine, void, void> {
  let begun: Buffer[] = [];
  let size = 0;
  const take = (piece: Buffer) => {
    // One byte more shows that it was cut.
    if (size <= mostLine) begun.push(piece.subarray(0, mostLine + 1 - size));
    size += piece.length;
  };
  const line = (): LogLine => {
    const whole = Buffer.concat(begun);
    [begun, size] = [[], 0];
    return readLine(whole);
  };
  for await (const chunk of answer) {
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      take(chunk.subarray(from, at));
      yield line();
      from = at + 1;
    }
    if (from < chunk.length) take(chunk.subarray(from));
  }
  if (size > 0) yield line();
}

/** As the node writes it, which may be in its own time zone. */
const stamped = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d) ?(.*)$/s;

function readLine(whole: Buffer): LogLine {
  const cut = whole.length > mostLine;
  const text = whole.subarray(0, mostLine).toString('utf8').replace(/\r$/, '');
  const [, second, fraction = '', zone, rest = ''] = stamped.exec(text) ?? [];
  const at = Date.parse(`${second}${zone}`);
  if (Number.isNaN(at)) return { at: null, nanos: 0, text, cut };
  const nanos = Number(fraction.padEnd(9, '0'));
  const ms = Math.floor(nanos / 1_000_000);
  return { at: at + ms, nanos: nanos - ms * 1_000_000, text: rest, cut };
}
