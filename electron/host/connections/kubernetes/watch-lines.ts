import type { IncomingMessage } from 'node:http';
import { KubeError } from './errors.ts';

/** etcd keeps 1.5 MB at the most; what is longer comes from something else. */
const mostLine = 16 * 1024 * 1024;

/** Lines of an answer as they come. Throws KUBE_TOO_LARGE for one that does not end. */
export async function* linesOf(answer: IncomingMessage): AsyncGenerator<string, void, void> {
  let begun: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      begun.push(chunk.subarray(from, at));
      yield Buffer.concat(begun).toString('utf8');
      begun = [];
      size = 0;
      from = at + 1;
    }
    if (from === chunk.length) continue;
    begun.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > mostLine) {
      answer.destroy();
      throw new KubeError('KUBE_TOO_LARGE', 'An event of the watch does not come to its end.');
    }
  }
  if (size > 0) yield Buffer.concat(begun).toString('utf8');
}
