import type {
  ContextPreview,
  KubeconfigPreview,
  SavedContext,
} from '../../../../shared/cluster/contexts.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Contexts } from '../../cluster/index.ts';
import type { Installation } from '../../installation.ts';
import { createInventory, type Inventory } from '../../inventory/index.ts';
import { answerQuestion } from '../jobs/onboard-asking.ts';
import { Exit, exitCodes } from '../run-command.ts';
import { type MachineSession, withSession } from '../session.ts';
import type { DataOption } from '../terminal/options.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { contextsText, previewText, testText } from './cluster-contexts-text.ts';
import { contextNamed, openContexts } from './cluster-session.ts';

export interface ContextsOptions extends DataOption {
  readonly found?: true;
  readonly add?: string;
  readonly paste?: true;
  readonly from?: string;
  readonly context?: string;
  readonly cluster?: string;
  readonly test?: true | string;
  readonly allow?: string;
  readonly forget?: string;
  readonly rename?: string;
  readonly name?: string;
  readonly acceptNewHostKey?: true;
  readonly sshConfig?: string;
  readonly passphraseFile?: string;
  /** Seconds. */
  readonly timeout: number;
  readonly json?: true;
}

interface Work {
  readonly contexts: Contexts;
  readonly inventory: Inventory;
  readonly session: MachineSession;
  readonly options: ContextsOptions;
}

/** As long as in a window. */
const mostName = 200;
/** As large as a window may paste. */
const mostPasted = 8 * 1024 * 1024;

/** `rackhelm cluster contexts`. */
export function runContexts(installation: Installation, options: ContextsOptions): Promise<void> {
  const { add, paste, from, found, forget, rename, name } = options;
  const sources = [add, paste, from, found, forget, rename];
  if (sources.filter((one) => one !== undefined).length > 1)
    throw new RackhelmError(
      'INVALID_INPUT',
      'One of --add, --paste, --from, --found, --rename and --forget at a time.',
    );
  if ((rename === undefined) !== (name === undefined))
    throw new RackhelmError('INVALID_INPUT', '--rename and --name go together.');
  return withSession(installation, options, async (session) => {
    const { database, signal } = session;
    const inventory = createInventory(database);
    const contexts = openContexts(installation, session);
    try {
      await run({ contexts, inventory, session, options });
    } finally {
      contexts.close();
    }
    if (signal.aborted) throw new Exit(exitCodes.interrupted);
  });
}

async function run(work: Work): Promise<void> {
  const { contexts, options } = work;
  if (options.forget !== undefined) return forget(work, options.forget);
  if (options.rename !== undefined) return rename(work, options.rename, options.name ?? '');
  const preview = await lookedAt(work);
  if (preview !== null) return options.found ? show(work, preview) : add(work, preview);
  if (options.allow !== undefined) await allowStored(work, options.allow);
  if (options.test !== undefined) {
    const wanted = options.test === true ? contexts.list() : [contextNamed(contexts, options.test)];
    return test(work, wanted);
  }
  const saved = contexts.list();
  if (options.json) printJson({ contexts: saved });
  else if (saved.length === 0)
    tell(
      'No context is saved. --found shows what there is; --add FILE, --paste or --from DEVICE saves one.\n',
    );
  else print(contextsText(saved));
}

/** Null: no source was named. */
async function lookedAt({
  contexts,
  inventory,
  session,
  options,
}: Work): Promise<KubeconfigPreview | null> {
  const { signal, ask } = session;
  if (options.found) return contexts.preview({ kind: 'default' }, signal);
  if (options.add !== undefined)
    return contexts.preview({ kind: 'file', path: options.add }, signal);
  if (options.paste) return contexts.preview({ kind: 'text', text: await pasted() }, signal);
  if (options.from === undefined) return null;
  const { id } = inventory.deviceNamed(options.from);
  const onInterrupt = () => void process.kill(process.pid, 'SIGINT');
  const { preview } = await contexts.fetch(id, {
    signal,
    ask: (question) => answerQuestion(question, { ask, signal, onInterrupt }),
    tell: (text) => tell(`${text}\n`),
  });
  return preview;
}

async function pasted(): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of process.stdin) {
    pieces.push(Buffer.from(piece));
    size += piece.length;
    if (size > mostPasted)
      throw new RackhelmError('KUBE_TOO_LARGE', 'That is too large for a kubeconfig.');
  }
  return Buffer.concat(pieces).toString('utf8');
}

function show({ options }: Work, { contexts, problems, total }: KubeconfigPreview): void {
  if (options.json) {
    printJson({ contexts, problems, total });
    return;
  }
  for (const { file, text } of problems) tell(`${file ?? 'It'}: ${text}\n`);
  if (contexts.length === 0) tell('There is no context.\n');
  else print(previewText(contexts));
  if (total > contexts.length) tell(`${total - contexts.length} more.\n`);
}

async function add(work: Work, preview: KubeconfigPreview): Promise<void> {
  const { contexts, session, options } = work;
  const { signal } = session;
  for (const { file, text } of preview.problems) tell(`${file ?? 'It'}: ${text}\n`);
  const chosen = choose(preview, options.context);
  if (!options.json) tell(previewText([chosen]));
  if (chosen.problem !== null) throw new RackhelmError('KUBE_CONFIG_INVALID', chosen.problem);
  if (options.allow !== undefined && chosen.command !== null) {
    const { hash } = chosen.command;
    const of = { previewId: preview.previewId, key: chosen.key };
    await contexts.allow(of, startsWith(hash, options.allow), signal);
  }
  const { contextIds } = await contexts.take(
    { previewId: preview.previewId, keys: [chosen.key], cluster: clusterOf(work, chosen) },
    signal,
  );
  const added = contexts.list().filter(({ id }) => contextIds.includes(id));
  if (options.test !== undefined) return test(work, added);
  if (options.json) printJson({ contexts: added });
  else
    for (const { name, cluster } of added)
      print(`${name} is saved for the cluster ${cluster.name}.\n`);
}

function choose({ contexts }: KubeconfigPreview, wanted: string | undefined): ContextPreview {
  const fitting = contexts.filter(({ name, current }) =>
    wanted === undefined ? current : name === wanted,
  );
  const [only] = wanted === undefined && contexts.length === 1 ? contexts : fitting;
  if (only !== undefined) return only;
  if (contexts.length === 0) {
    throw new RackhelmError('INVALID_INPUT', 'There is no context in it that could be saved.', {
      hint: 'Name a kubeconfig, such as /etc/rancher/k3s/k3s.yaml of a server of K3s.',
    });
  }
  const names = contexts.slice(0, 20).map(({ name }) => name);
  throw new RackhelmError(
    'INVALID_INPUT',
    wanted === undefined ? 'It has no current context.' : `It has no context ${wanted}.`,
    { hint: `--context takes one of: ${names.join(', ')}` },
  );
}

function clusterOf({ session, options }: Work, { suggestedCluster }: ContextPreview) {
  const name = options.cluster ?? suggestedCluster;
  const known = session.database.clusterContexts
    .clusters()
    .find((cluster) => cluster.name.toLowerCase() === name.toLowerCase());
  return known === undefined ? ({ name, kind: 'k3s' } as const) : { id: known.id };
}

/** The whole hash, where what was typed is a sure beginning of it. */
function startsWith(hash: string, typed: string): string {
  if (typed.length >= 12 && hash.startsWith(typed.toLowerCase())) return hash;
  throw new RackhelmError('CHANGED_SINCE', 'The command is another one than was shown.', {
    hint: 'Look at it again; --allow takes at least 12 characters of its hash.',
  });
}

async function allowStored({ contexts, session }: Work, typed: string): Promise<void> {
  for (const { id, test: last } of contexts.list()) {
    const hash = last?.command?.hash;
    if (hash === undefined || typed.length < 12 || !hash.startsWith(typed.toLowerCase())) continue;
    const { program } = await contexts.allow({ contextId: id }, hash, session.signal);
    return tell(`Allowed: ${program ?? ''}\n`);
  }
  throw new RackhelmError('NOT_FOUND', 'No saved context has shown a command of this hash.', {
    hint: '--test shows the command that a context runs.',
  });
}

async function test(
  { contexts, session, options }: Work,
  wanted: readonly SavedContext[],
): Promise<void> {
  const results = [];
  for (const { id, name } of wanted) {
    const result = await contexts.test(id, session.signal);
    results.push({ id, name, test: result });
    if (!options.json) print(testText(name, result));
  }
  if (options.json) printJson({ contexts: results });
  if (results.some(({ test: { failure } }) => failure !== null)) throw new Exit(exitCodes.failed);
}

async function rename({ contexts, options }: Work, wanted: string, name: string): Promise<void> {
  const { id, name: before } = contextNamed(contexts, wanted);
  const called = name.trim();
  if (called === '' || called.length > mostName)
    throw new RackhelmError('INVALID_INPUT', `A name has 1 to ${mostName} characters.`);
  await contexts.rename(id, called);
  if (options.json) printJson({ renamed: id, name: called });
  else print(`${before} is called ${called}.\n`);
}

async function forget({ contexts, options }: Work, wanted: string): Promise<void> {
  const { id, name } = contextNamed(contexts, wanted);
  await contexts.forget(id);
  if (options.json) printJson({ forgotten: id });
  else print(`${name} is forgotten.\n`);
}
