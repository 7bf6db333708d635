import { RackhelmError } from '../../../shared/model/errors.ts';
import { type Cabling, createCabling } from '../cabling/index.ts';
import { hasDatabase, openDatabase } from '../db/index.ts';
import type { DataOption } from './options.ts';
import { print, printJson } from './output.ts';
import { traceText } from './trace-text.ts';

interface OutputOptions extends DataOption {
  readonly json?: true;
}

function withCabling<T>({ data }: DataOption, work: (cabling: Cabling) => T): T {
  if (!hasDatabase(data)) {
    throw new RackhelmError('NOT_FOUND', `There is no inventory in ${data}.`, {
      hint: 'Check --data; the app or rackhelm add makes one.',
    });
  }
  const database = openDatabase({ dataDirectory: data });
  try {
    return work(createCabling(database));
  } finally {
    database.close();
  }
}

/** `rackhelm trace "switch-1 port 5"`. */
export function tracePort(words: readonly string[], options: OutputOptions): void {
  withCabling(options, (cabling) => {
    const trace = cabling.trace(cabling.socketNamed(words.join(' ')).id);
    if (options.json) printJson(trace);
    else print(traceText(trace));
  });
}
