import { StringDecoder } from 'node:string_decoder';
import { DockerError } from './errors.ts';

/** Characters of one object; a longer one is none of an engine's. */
const longestLine = 1024 * 1024;

/** JSON objects that come one after the other, with line ends or without anything between lines. */
export async function* jsonLines(
  pieces: AsyncIterable<Buffer>,
  where: string,
): AsyncGenerator<unknown, void, void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const piece of pieces) {
    rest += decoder.write(piece);
    if (rest.length > longestLine) {
      throw new DockerError('DOCKER_TOO_LARGE', `${where} sends a line that does not end.`);
    }
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield parsed(line, where);
  }
  if (rest.trim() !== '') yield parsed(rest, where);
}

function parsed(line: string, where: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch (cause) {
    const message = `${where} answers with something else than JSON.`;
    throw new DockerError('DOCKER_ANSWER_ODD', message, { cause });
  }
}
