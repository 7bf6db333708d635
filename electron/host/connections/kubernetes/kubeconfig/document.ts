import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { oneLine } from '../../../../../shared/visible-text.ts';
import { KubeError } from '../errors.ts';

/** Of clusters, users and contexts each. */
const mostEntries = 2_000;
/** More references to one part than this is made to fill the memory. */
const mostAliases = 50;

const text = z.string().max(1024 * 1024);
const flag = z.union([z.boolean(), z.literal('true').transform(() => true)]).catch(false);
const words = z.record(z.string(), z.unknown());
/** A name like 1.10 is a number to YAML. */
const name = z.union([z.string(), z.number(), z.boolean()]).transform(String).pipe(text.min(1));

const cluster = z.looseObject({
  server: text.optional(),
  'certificate-authority': text.optional(),
  'certificate-authority-data': text.optional(),
  'insecure-skip-tls-verify': flag.optional(),
  'tls-server-name': text.optional(),
  'proxy-url': text.optional(),
});

const exec = z.looseObject({
  apiVersion: text.optional(),
  command: text.optional(),
  args: z
    .array(z.union([text, z.number(), z.boolean()]).transform(String))
    .max(500)
    .nullish(),
  env: z
    .array(
      z.looseObject({
        name: text,
        value: z.union([text, z.number(), z.boolean()]).transform(String),
      }),
    )
    .max(500)
    .nullish(),
  interactiveMode: text.optional(),
  provideClusterInfo: flag.optional(),
  installHint: text.optional(),
});

const user = z.looseObject({
  'client-certificate': text.optional(),
  'client-certificate-data': text.optional(),
  'client-key': text.optional(),
  'client-key-data': text.optional(),
  token: text.optional(),
  tokenFile: text.optional(),
  username: z.union([text, z.number()]).transform(String).optional(),
  password: z.union([text, z.number()]).transform(String).optional(),
  as: text.optional(),
  'as-uid': text.optional(),
  'as-groups': z.array(text).max(500).nullish(),
  'as-user-extra': z.record(text, z.array(text).max(100)).nullish(),
  exec: exec.nullish(),
  'auth-provider': z.looseObject({ name: text, config: words.nullish() }).nullish(),
});

const context = z.looseObject({
  cluster: name.optional(),
  user: name.optional(),
  namespace: name.optional(),
});

const named = <S extends z.ZodType>(key: string, schema: S) =>
  z
    .array(
      z
        .looseObject({ name })
        .transform((entry): unknown => ({ name: entry.name, value: entry[key] }))
        .pipe(z.object({ name: z.string(), value: schema.nullish() })),
    )
    .max(mostEntries)
    .nullish()
    .transform((list) => list ?? []);

const kubeconfig = z.looseObject({
  kind: z.string().optional(),
  clusters: named('cluster', cluster),
  users: named('user', user),
  contexts: named('context', context),
  'current-context': name.nullish().catch(null),
});

export type ClusterEntry = z.infer<typeof cluster>;
export type UserEntry = z.infer<typeof user>;
export type ExecEntry = z.infer<typeof exec>;
export type ContextEntry = z.infer<typeof context>;

interface Named<T> {
  readonly name: string;
  readonly value?: T | null | undefined;
}

/** What a kubeconfig says, before anything in it is looked up. */
export interface KubeconfigDocument {
  readonly clusters: readonly Named<ClusterEntry>[];
  readonly users: readonly Named<UserEntry>[];
  readonly contexts: readonly Named<ContextEntry>[];
  readonly currentContext: string | null;
}

/** Throws KUBE_CONFIG_INVALID, with the line where that is known. Nothing of a secret is repeated. */
export function parseKubeconfig(content: string): KubeconfigDocument {
  const value = parsedYaml(content);
  if (value === null || value === undefined) throw invalid('It is empty.');
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid('It is no kubeconfig.');
  const parsed = kubeconfig.safeParse(value);
  if (!parsed.success) throw invalid(issueWords(parsed.error));
  const { clusters, users, contexts, kind } = parsed.data;
  const isEmpty = clusters.length + users.length + contexts.length === 0;
  if ((kind !== undefined && kind !== 'Config') || (isEmpty && kind === undefined))
    throw invalid('It is no kubeconfig.');
  return { clusters, users, contexts, currentContext: parsed.data['current-context'] ?? null };
}

function parsedYaml(content: string): unknown {
  const lines = new LineCounter();
  try {
    const document = parseDocument(content, {
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'silent',
    });
    const [error] = document.errors;
    if (error) {
      // What it says may quote a line, and a line may be a key.
      throw invalid(`It is no valid YAML (line ${lines.linePos(error.pos[0]).line}).`);
    }
    return document.toJS({ maxAliasCount: mostAliases }) as unknown;
  } catch (cause) {
    if (cause instanceof KubeError) throw cause;
    throw invalid('Its YAML is nested too deeply, or refers to itself too often.');
  }
}

function issueWords(error: z.ZodError): string {
  const [issue] = error.issues;
  const path = (issue?.path ?? []).map(String).join('.').replaceAll('.value', '');
  const where = path === '' ? '' : ` at ${oneLine(path.slice(0, 200))}`;
  return `It is not built as a kubeconfig is${where}.`;
}

function invalid(what: string): KubeError {
  return new KubeError('KUBE_CONFIG_INVALID', `This kubeconfig cannot be read. ${what}`);
}
