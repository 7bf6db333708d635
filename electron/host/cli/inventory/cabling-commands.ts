import { type Cabling, createCabling } from '../../cabling/index.ts';
import { openInventory } from '../open-inventory.ts';
import type { DataOption } from '../terminal/options.ts';
import { print, printJson } from '../terminal/output.ts';
import { traceText } from './trace-text.ts';

interface OutputOptions extends DataOption {
  readonly json?: true;
}

function withCabling<T>({ data }: DataOption, work: (cabling: Cabling) => T): T {
  const database = openInventory(data);
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
