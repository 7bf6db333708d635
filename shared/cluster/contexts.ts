import { z } from 'zod';
import { id } from '../model/inventory.ts';

const path = z.string().min(1).max(4_096);
/** Names in a kubeconfig are free text. */
const named = z.string().min(1).max(1_000);
const time = z.number();

/** Where the kubeconfig of a saved context lies. */
export const contextSource = z.discriminatedUnion('kind', [
  /** Files of the person, which are read each time and never written. The first of a name counts. */
  z.object({
    kind: z.literal('files'),
    files: z.array(path).min(1).max(50),
    /** Which of them has the context. */
    file: path,
    context: named,
  }),
  /** In the store of secrets. */
  z.object({
    kind: z.literal('kept'),
    origin: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('pasted') }),
      z.object({ kind: z.literal('node'), deviceId: id, name: z.string().max(300) }),
    ]),
    context: named,
  }),
]);
export type ContextSource = z.infer<typeof contextSource>;

/** A command that signs in, as it is shown before it is allowed. */
export const signInCommand = z.object({
  /** Of all of it, with the values of the environment. */
  hash: z.string().length(64),
  command: z.string(),
  args: z.array(z.string()),
  /** Names; a value may be a secret. */
  env: z.array(z.string()),
  /** Null: it was not found where this program looks. */
  program: z.string().nullable(),
  installHint: z.string().nullable(),
  allowed: z.boolean(),
});
export type SignInCommand = z.infer<typeof signInCommand>;

/** How somebody signs in. */
export const signInWay = z.enum([
  'certificate',
  'token',
  'token-file',
  'password',
  'command',
  'provider',
  'none',
]);
export type SignInWay = z.infer<typeof signInWay>;

export const contextCertificate = z.object({
  of: z.enum(['client', 'authority', 'server']),
  subject: z.string(),
  issuer: z.string(),
  notAfter: time,
  standing: z.enum(['good', 'soon', 'expired', 'not-yet']),
});
export type ContextCertificate = z.infer<typeof contextCertificate>;

/** What a person has to know of a context before it is used. */
export const contextWarning = z.object({
  kind: z.enum([
    'insecure',
    'plain-http',
    'expiring',
    'repeated',
    'another-by-kubectl',
    'impersonates',
    'command',
    'proxy',
    'loopback',
    'clock',
    'another-cluster',
    'not-allowed',
  ]),
  text: z.string(),
});
export type ContextWarning = z.infer<typeof contextWarning>;

/** One context of a kubeconfig, before it is taken. */
export const contextPreview = z.object({
  /** Names it within its preview. */
  key: z.string(),
  name: z.string(),
  /** Null: pasted, or of a machine. */
  file: z.string().nullable(),
  cluster: z.string(),
  user: z.string(),
  server: z.string(),
  namespace: z.string().nullable(),
  current: z.boolean(),
  ways: z.array(signInWay),
  command: signInCommand.nullable(),
  certificates: z.array(contextCertificate),
  warnings: z.array(contextWarning),
  /** Why it cannot be used; null: it can. */
  problem: z.string().nullable(),
  /** Contexts that are saved from the same place already. */
  takenAs: z.array(id),
  /** A name for its cluster that no other has. */
  suggestedCluster: z.string(),
});
export type ContextPreview = z.infer<typeof contextPreview>;

export const kubeconfigPreview = z.object({
  previewId: id,
  contexts: z.array(contextPreview),
  /** Of all, not of these alone. */
  total: z.number().int(),
  /** Files that could not be read. */
  problems: z.array(z.object({ file: z.string().nullable(), text: z.string() })),
});
export type KubeconfigPreview = z.infer<typeof kubeconfigPreview>;

/** What somebody may do with a kind of object. */
export const kindPermissions = z.object({
  resource: z.string(),
  group: z.string(),
  /** Null: in all namespaces. */
  namespace: z.string().nullable(),
  allowed: z.array(z.string()),
  denied: z.array(z.string()),
});
export type KindPermissions = z.infer<typeof kindPermissions>;

const failure = z.object({ code: z.string(), message: z.string(), hint: z.string() });

/** What trying a context found. */
export const contextTest = z.object({
  at: time,
  /** Null: it works. */
  failure: failure.nullable(),
  /** How it was reached, in words. */
  way: z.string(),
  /** The machine that it went through. */
  viaDevice: id.nullable(),
  version: z.string().nullable(),
  who: z.object({ user: z.string(), groups: z.array(z.string()) }).nullable(),
  permissions: z.array(kindPermissions),
  certificates: z.array(contextCertificate),
  warnings: z.array(contextWarning),
  /** Of its namespace kube-system: the same for the same cluster, whatever it is called. */
  clusterUid: z.string().nullable(),
  command: signInCommand.nullable(),
});
export type ContextTest = z.infer<typeof contextTest>;

export const savedContext = z.object({
  id,
  name: z.string(),
  cluster: z.object({ id, name: z.string() }),
  source: contextSource,
  via: z.object({ id, name: z.string() }).nullable(),
  addedAt: time,
  test: contextTest.nullable(),
});
export type SavedContext = z.infer<typeof savedContext>;

/** Where kubeconfigs were found. */
export const foundSources = z.object({
  /** What kubectl uses on this computer. */
  default: z.object({
    from: z.enum(['KUBECONFIG', 'home']),
    files: z.array(z.object({ path: z.string(), there: z.boolean() })),
  }),
  /** Machines that may have one of K3s. */
  nodes: z.array(
    z.object({
      deviceId: id,
      name: z.string(),
      cluster: z.string().nullable(),
      server: z.boolean(),
    }),
  ),
});
export type FoundSources = z.infer<typeof foundSources>;
