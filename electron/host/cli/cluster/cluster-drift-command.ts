import type { DriftGroup, DriftLine } from '../../../../shared/cluster/drift/drift-line.ts';
import { formatCount } from '../../../../shared/model/amounts.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { mostAtOnce } from '../../../../shared/model/proposals.ts';
import { type Compare, createCompare } from '../../cluster/index.ts';
import type { Installation } from '../../installation.ts';
import { Exit, exitCodes } from '../run-command.ts';
import { withSession } from '../session.ts';
import type { TargetOptions } from '../terminal/options.ts';
import { print, printJson } from '../terminal/output.ts';
import { answersText, driftText } from './cluster-drift-text.ts';
import { contextNamed, openContexts } from './cluster-session.ts';

export interface QuestionsOptions extends Omit<TargetOptions, 'timeout'> {
  readonly context?: string;
  readonly json?: true;
}

export interface DriftCommandOptions extends QuestionsOptions {
  readonly group?: DriftGroup;
  readonly dismissed?: true;
  readonly accept?: readonly string[];
  readonly acceptAll?: true;
  readonly dismiss?: readonly string[];
  readonly restore?: readonly string[];
}

interface Comparing extends Compare {
  readonly contextId: string;
  readonly signal: AbortSignal;
}

async function withCompare(
  installation: Installation,
  options: QuestionsOptions,
  work: (compare: Comparing) => Promise<void>,
): Promise<void> {
  await withSession(installation, { ...options, timeout: 15 }, async (session) => {
    const contexts = openContexts(installation, session);
    const compare = createCompare({ db: session.database, clientOf: contexts.clientOf });
    try {
      const { id: contextId } = contextNamed(contexts, options.context);
      await work({ ...compare, contextId, signal: session.signal });
    } finally {
      compare.close();
      contexts.close();
    }
  });
}

/** `rackhelm cluster drift [--accept NAME…|--accept-all|--dismiss NAME…|--restore NAME…]`. */
export async function runDrift(
  installation: Installation,
  options: DriftCommandOptions,
): Promise<void> {
  await withCompare(installation, options, async (comparing) => {
    const { verb, names } = wanted(options);
    const state = options.dismissed || verb === 'restore' ? 'dismissed' : 'open';
    const page = await allLines(comparing, { state, group: options.group ?? null });
    if (verb !== null) {
      const chosen =
        names === null ? page.rows.filter(({ fix }) => fix !== null) : named(page.rows, names);
      const count = await change(comparing, verb, chosen);
      if (options.json) printJson({ count });
      else print(`${done[verb]} ${formatCount(count, 'difference')}.\n`);
      return;
    }
    if (options.json) printJson(page);
    else print(driftText(page, state));
    if (state === 'open' && page.rows.length > 0) throw new Exit(exitCodes.found);
  });
}

const done = { accept: 'Accepted', dismiss: 'Dismissed', restore: 'Brought back' } as const;
type Verb = keyof typeof done;

/** `names` null: all that can be. */
function wanted({ accept, acceptAll, dismiss, restore }: DriftCommandOptions): {
  readonly verb: Verb | null;
  readonly names: readonly string[] | null;
} {
  if (acceptAll) return { verb: 'accept', names: null };
  if (accept) return { verb: 'accept', names: accept };
  if (dismiss) return { verb: 'dismiss', names: dismiss };
  return restore ? { verb: 'restore', names: restore } : { verb: null, names: null };
}

async function allLines(
  { drift, contextId, signal }: Comparing,
  query: { readonly state: 'open' | 'dismissed'; readonly group: DriftGroup | null },
) {
  const asked = { contextId, ...query, search: '', offset: 0, limit: Number.POSITIVE_INFINITY };
  return await drift.list({ ...asked, fresh: false }, signal);
}

/** By what a line is about, or by its key. */
function named(rows: readonly DriftLine[], names: readonly string[]): DriftLine[] {
  return names.flatMap((name) => {
    const same = name.toLowerCase();
    const found = rows.filter(({ key, subject }) => key === name || subject.toLowerCase() === same);
    if (found.length > 0) return found;
    throw new RackhelmError('NOT_FOUND', `Nothing is told of ${name}.`, {
      hint: 'rackhelm cluster drift lists what is.',
    });
  });
}

async function change(
  { drift, contextId, signal }: Comparing,
  verb: Verb,
  lines: readonly DriftLine[],
): Promise<number> {
  if (lines.length === 0) return 0;
  if (lines.length > mostAtOnce) {
    throw new RackhelmError('INVALID_INPUT', `At most ${mostAtOnce} are taken at once.`, {
      hint: 'Take one group after the other with --group.',
    });
  }
  const keys = lines.map(({ key }) => key);
  return (await drift[verb]({ contextId, keys }, signal, 'cli')).count;
}

/** `rackhelm cluster questions`. */
export async function printAnswers(
  installation: Installation,
  options: QuestionsOptions,
): Promise<void> {
  await withCompare(installation, options, async ({ questions, contextId, signal }) => {
    const answered = await questions.ask({ contextId, fresh: false }, signal);
    if (options.json) printJson(answered);
    else print(answersText(answered));
  });
}
