import { setImmediate as breath } from 'node:timers/promises';
import type { ContextPreview } from '../../../../shared/cluster/contexts.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { oneLine } from '../../../../shared/visible-text.ts';
import {
  type AllowedCommand,
  meant,
  type ResolvedContext,
  repeatedNames,
  resolveContext,
  type SourceDocument,
  type SourceSet,
} from '../../connections/kubernetes/index.ts';
import { certificateWarnings, ownCertificates } from './certificates.ts';
import { contextWarnings, shownCommand, waysOf } from './describe-context.ts';
import { readNamedFile } from './read-files.ts';

/** Of more only the number is told. */
const mostShown = 500;

export interface PreviewOptions {
  readonly set: SourceSet;
  readonly signal: AbortSignal;
  readonly allowed: (hash: string) => AllowedCommand | null;
  readonly takenAs: (file: string | null, context: string) => readonly string[];
  readonly suggestCluster: (preview: Pick<ContextPreview, 'name' | 'cluster' | 'server'>) => string;
  readonly now: number;
}

/** Which context of a set is meant. */
export interface Chosen {
  readonly own: SourceDocument;
  readonly context: string;
}

export interface PreviewedContexts {
  readonly contexts: readonly ContextPreview[];
  readonly chosen: ReadonlyMap<string, Chosen>;
  readonly total: number;
}

/** Every context of a set, each by its file: two of one name in two files are two. */
export async function previewContexts(options: PreviewOptions): Promise<PreviewedContexts> {
  const chosen = new Map<string, Chosen>();
  for (const [index, own] of options.set.entries()) {
    for (const { name } of own.document.contexts)
      chosen.set(`${index}/${name}`, { own, context: name });
  }
  const contexts: ContextPreview[] = [];
  for (const [key, each] of chosen) {
    if (contexts.length >= mostShown) break;
    contexts.push(await previewOf(key, each, options));
    if (contexts.length % 10 === 0) await breath();
  }
  return { contexts, chosen, total: chosen.size };
}

async function previewOf(
  key: string,
  { own, context }: Chosen,
  options: PreviewOptions,
): Promise<ContextPreview> {
  const { set, signal, now } = options;
  const named = own.document.contexts.find(({ name }) => name === context)?.value ?? {};
  const base = {
    key,
    name: oneLine(context.slice(0, 1_000)),
    file: own.file,
    cluster: oneLine((named.cluster ?? '').slice(0, 1_000)),
    user: oneLine((named.user ?? '').slice(0, 1_000)),
    namespace: named.namespace === undefined ? null : oneLine(named.namespace.slice(0, 300)),
    current: set[0] === own && own.document.currentContext === context,
    takenAs: [...options.takenAs(own.file, context)],
  };
  try {
    const resolved = await resolveContext({ set, own, context, readFile: readNamedFile, signal });
    const certificates = ownCertificates(resolved, now);
    const { server } = resolved.cluster;
    return {
      ...base,
      server,
      ways: waysOf(resolved),
      command: commandOf(resolved, options),
      certificates,
      warnings: [
        ...nameWarnings({ own, context }, set),
        ...contextWarnings(resolved),
        ...certificateWarnings(certificates, now),
      ],
      problem: null,
      suggestedCluster: options.suggestCluster({ ...base, server }),
    };
  } catch (error) {
    if (!(error instanceof RackhelmError) || signal.aborted) throw error;
    return {
      ...base,
      server: '',
      ways: [],
      command: null,
      certificates: [],
      warnings: nameWarnings({ own, context }, set),
      problem: error.message,
      suggestedCluster: options.suggestCluster({ ...base, server: '' }),
    };
  }
}

function commandOf({ user }: ResolvedContext, { allowed }: PreviewOptions) {
  if (user.exec === null) return null;
  const unallowed = shownCommand(user.exec, null);
  const known = allowed(unallowed.hash);
  return known === null ? unallowed : shownCommand(user.exec, known);
}

/** kubectl goes by names alone. */
function nameWarnings({ own, context }: Chosen, set: SourceSet): ContextPreview['warnings'] {
  const { cluster, user } = own.document.contexts.find(({ name }) => name === context)?.value ?? {};
  const warnings: ContextPreview['warnings'] = [];
  const repeats =
    repeatedNames(own.document, 'contexts').has(context) ||
    repeatedNames(own.document, 'clusters').has(cluster ?? '') ||
    repeatedNames(own.document, 'users').has(user ?? '');
  if (repeats) {
    const text =
      'This file has a name of it twice, which kubectl refuses; the first one is taken here.';
    warnings.push({ kind: 'repeated', text });
  }
  const others = [
    ...(cluster === undefined ? [] : [meant(set, own, { part: 'clusters', name: cluster })]),
    ...(user === undefined ? [] : [meant(set, own, { part: 'users', name: user })]),
  ];
  if (others.some(({ kubectlTakesAnother }) => kubectlTakesAnother)) {
    const text =
      'Another file has a user or cluster of the same name. kubectl takes that one; here each context keeps to its own file.';
    warnings.push({ kind: 'another-by-kubectl', text });
  }
  return warnings;
}
