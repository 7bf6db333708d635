import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Finding, Severity } from '../../../../shared/model/lint.ts';
import type { Database } from '../../db/index.ts';
import { createLintEngine, createSilencing, type FindingPage } from '../../lint/index.ts';
import { openInventory } from '../open-inventory.ts';
import { Exit, exitCodes } from '../run-command.ts';
import type { DataOption } from '../terminal/options.ts';
import { print, printJson } from '../terminal/output.ts';
import { formatTable } from '../terminal/text-table.ts';

interface OutputOptions extends DataOption {
  readonly json?: true;
}

export interface LintOptions extends OutputOptions {
  readonly severity?: readonly Severity[];
  readonly rule?: readonly string[];
  readonly silenced?: true;
  readonly limit: number;
}

function withInventory<T>({ data }: DataOption, work: (database: Database) => T): T {
  const database = openInventory(data);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** `rackhelm lint [WORDS]`: what of the inventory contradicts itself, the worst first. */
export function printFindings(words: readonly string[], options: LintOptions): void {
  const page = withInventory(options, (database) =>
    createLintEngine(database).list({
      search: words.join(' '),
      severities: options.severity ?? [],
      rules: options.rule ?? [],
      silenced: options.silenced === true,
      offset: 0,
      limit: options.limit,
    }),
  );
  if (options.json) printJson(page);
  else print(textOf(page, options.silenced === true));
  // So that a script can go by it.
  if (options.silenced !== true && page.counts.error > 0) throw new Exit(exitCodes.found);
}

function textOf({ rows, total }: FindingPage, silenced: boolean): string {
  if (total === 0) return silenced ? 'Nothing is silenced.\n' : 'Nothing contradicts itself.\n';
  const more = total > rows.length ? `${total - rows.length} more; --limit shows them.\n` : '';
  return formatTable([['SEVERITY', 'WHAT', 'KEY'], ...rows.map(line)]) + more;
}

function line({ severity, message, silenced, key }: Finding): readonly string[] {
  return [severity, silenced === null ? message : `${message} (${silenced.reason})`, key];
}

/** `rackhelm silence KEY… --reason TEXT`, and `--again` to be told of them again. */
export function silenceFindings(
  keys: readonly string[],
  options: OutputOptions & { readonly reason?: string; readonly again?: true },
): void {
  withInventory(options, (database) => {
    const silencing = createSilencing(database);
    const changed = options.again
      ? silencing.unsilence({ keys }, 'cli')
      : silencing.silence({ keys: known(database, keys), reason: options.reason ?? '' }, 'cli');
    if (options.json) printJson(changed);
    else print(options.again ? 'Told of again.\n' : 'Silenced.\n');
  });
}

/** A misspelt key would silence nothing, and nobody would notice. */
function known(database: Database, keys: readonly string[]): readonly string[] {
  const everything = { search: '', severities: [], rules: [], offset: 0, limit: Infinity } as const;
  const engine = createLintEngine(database);
  const found = [false, true].flatMap((silenced) => engine.list({ ...everything, silenced }).rows);
  const unknown = keys.find((key) => !found.some((finding) => finding.key === key));
  if (unknown === undefined) return keys;
  throw new RackhelmError('NOT_FOUND', `Nothing is found that has the key ${unknown}.`, {
    hint: 'rackhelm lint shows the keys.',
    data: { key: unknown },
  });
}
