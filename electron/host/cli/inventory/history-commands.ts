import type { KindName } from '../../../../shared/model/kinds/index.ts';
import type { Database } from '../../db/index.ts';
import { openInventory } from '../open-inventory.ts';
import type { DataOption } from '../terminal/options.ts';
import { print, printJson } from '../terminal/output.ts';
import { formatTable } from '../terminal/text-table.ts';
import { withRecords } from './record-commands.ts';
import { find, kindNamed } from './record-input.ts';

interface HistoryOptions extends DataOption {
  readonly json?: true;
}

function withHistory<T>(options: HistoryOptions, work: (history: History) => T): T {
  const database = openInventory(options.data);
  try {
    return work(database.history);
  } finally {
    database.close();
  }
}

type History = Database['history'];

/** `rackhelm history [KIND NAME]`: the newest change sets, the newest first. */
export function printHistory(
  kindWord: string | undefined,
  words: readonly string[],
  options: HistoryOptions & { readonly limit: number },
): void {
  withRecords(options, false, (records, { history }) => {
    const thing =
      kindWord === undefined
        ? null
        : find(records, kindNamed(kindWord).name as KindName, words.join(' ')).id; // of the list
    const sets =
      thing === null
        ? history.list({ before: null, limit: options.limit })
        : history.page({ ...anything, thing, before: null, limit: options.limit }).entries;
    if (options.json) return printJson(sets);
    const lines = sets.map(({ at, who, title, state, changeCount, reason }) => [
      new Date(at).toISOString().replace('T', ' ').slice(0, 19),
      who,
      `${title}${state === 'undone' ? ' (undone)' : ''}${reason === null ? '' : `: ${reason}`}`,
      String(changeCount),
    ]);
    print(formatTable([['WHEN (UTC)', 'WHO', 'WHAT', 'ROWS'], ...lines]));
  });
}

const anything = { who: null, source: null, text: '' };

/** `rackhelm undo` and `rackhelm redo`: one step of the history that the window shows as well. */
export function moveHistory(verb: 'undo' | 'redo', options: HistoryOptions): void {
  withHistory(options, (history) => {
    const moved = history[verb]();
    if (options.json) printJson(moved);
    else print(`${moved.title}\n`);
  });
}
