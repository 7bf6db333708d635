import type { KindStanding } from '../../../../shared/cluster/standing.ts';
import type { TableWindow } from '../../../../shared/cluster/table.ts';
import { isErrorCode, RackhelmError } from '../../../../shared/model/errors.ts';
import { createLive, type Live, readersHere } from '../../cluster/index.ts';
import type { Installation } from '../../installation.ts';
import { withSession } from '../session.ts';
import type { DataOption } from '../terminal/options.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { clusterTable, standingText } from './cluster-live-text.ts';
import { contextNamed, openContexts } from './cluster-session.ts';

export interface LiveOptions extends DataOption {
  readonly context?: string;
  readonly namespace?: readonly string[];
  readonly allNamespaces?: true;
  readonly wide?: true;
  readonly limit: number;
  readonly acceptNewHostKey?: true;
  readonly sshConfig?: string;
  readonly passphraseFile?: string;
  /** Seconds. */
  readonly timeout: number;
  readonly json?: true;
}

interface Asked {
  readonly kind: string;
  readonly name?: string;
  readonly words?: readonly string[];
}

/** A page of a list, as a window asks for it. */
const pageRows = 500;

/** `rackhelm cluster nodes|pods|events|get`. */
export function showCluster(
  installation: Installation,
  asked: Asked,
  options: LiveOptions,
): Promise<void> {
  return withSession(installation, options, async (session) => {
    const contexts = openContexts(installation, session);
    const live = createLive({
      clientOf: async (id) => contexts.clientOf(id),
      readers: readersHere(),
      report: (error) => tell(`${String(error)}\n`),
    });
    try {
      const { id: contextId } = contextNamed(contexts, options.context);
      const reading = { live, contextId, options, signal: session.signal };
      if (asked.name === undefined) await showList(reading, asked);
      else await showOne(reading, asked.kind, asked.name);
    } finally {
      await live.close();
      contexts.close();
    }
  });
}

interface Reading {
  readonly live: Live;
  readonly contextId: string;
  readonly options: LiveOptions;
  readonly signal: AbortSignal;
}

async function showList(reading: Reading, { kind, words = [] }: Asked): Promise<void> {
  const { options } = reading;
  const found = await readRows(reading, kind, words);
  const { standing, total, rows, columns } = found;
  if (options.json) {
    printJson({ kind, total, standing, rows });
  } else if (rows.length > 0) {
    print(clusterTable({ columns, rows }, { now: Date.now(), wide: options.wide === true }));
  } else if (standing.state === 'live') tell('There are none.\n');
  if (total > rows.length) tell(`${rows.length} of ${total}; --limit shows more.\n`);
  fail(standing, kind);
}

async function readRows(
  { live, contextId, options, signal }: Reading,
  kind: string,
  words: readonly string[],
): Promise<TableWindow> {
  const isEvents = kind === 'events';
  const query = {
    contextId,
    kind,
    namespaces: options.allNamespaces ? [] : [...(options.namespace ?? [])],
    search: words.join(' '),
    ...{ levels: [], where: [] },
    sort: isEvents ? { column: 'last', descending: true } : { column: 'name', descending: false },
  };
  const first = await live.list({ ...query, offset: 0, limit: pageOf(options.limit) }, signal);
  const rows = [...first.rows];
  while (rows.length < Math.min(options.limit, first.total)) {
    const limit = pageOf(options.limit - rows.length);
    const next = await live.list({ ...query, offset: rows.length, limit }, signal);
    if (next.rows.length === 0) break;
    rows.push(...next.rows);
  }
  return { ...first, rows };
}

function pageOf(left: number): number {
  return Math.min(pageRows, left);
}

/** As YAML, which is what `kubectl apply` takes; its state goes to stderr. */
async function showOne(reading: Reading, kind: string, name: string): Promise<void> {
  const { live, contextId, options, signal } = reading;
  const namespace = options.namespace?.[0] ?? (await onlyNamespace(reading, kind, name));
  const page = await live.object({ contextId, kind, namespace, name }, signal);
  if (options.json) {
    printJson(page);
    return;
  }
  const { label, why } = page.row.status;
  tell(`${page.one} ${name}: ${label}${why === null ? '' : `, ${why}`}\n`);
  print(page.yaml ?? '');
}

/** Where no namespace was named: that of the only one of this name, null of what lies in none. */
async function onlyNamespace(reading: Reading, kind: string, name: string): Promise<string | null> {
  const { live, contextId, signal } = reading;
  const where = [{ column: 'name', is: name }];
  const sort = { column: 'name', descending: false };
  const query = { contextId, kind, namespaces: [], search: '', levels: [], where, sort };
  const { rows, standing } = await live.list({ ...query, offset: 0, limit: 10 }, signal);
  fail(standing, kind);
  const [only, other] = rows;
  if (only === undefined) throw new RackhelmError('NOT_FOUND', `There is no ${kind} ${name}.`);
  if (other === undefined) return only.namespace;
  const all = rows.map(({ namespace }) => namespace).join(', ');
  throw new RackhelmError('INVALID_INPUT', `${name} is in several namespaces: ${all}.`, {
    hint: 'Name one with -n.',
  });
}

/** What was printed is not what was asked for. Throws, so that the command does not end with 0. */
function fail(standing: KindStanding, kind: string): void {
  const text = standingText(standing, kind);
  if (text === null) return;
  if (!('why' in standing)) throw new RackhelmError('NOT_FOUND', text);
  const told = 'code' in standing ? standing.code : 'KUBE_FORBIDDEN';
  throw new RackhelmError(isErrorCode(told) ? told : 'KUBE_FAILED', text);
}
