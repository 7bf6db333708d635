import type {
  ContextCertificate,
  ContextPreview,
  ContextSource,
  SignInWay,
} from '../../../../shared/cluster/contexts.ts';
import { formatDate } from '../../../ui/formatting.ts';
import { isolated } from '../../../ui/isolate.ts';

const wayWords: Readonly<Record<SignInWay, string>> = {
  certificate: 'a client certificate',
  token: 'a token',
  'token-file': 'a token in a file',
  password: 'a user name and password',
  command: 'a command that runs on this computer',
  provider: 'a login provider, which is no longer supported',
  none: 'nothing: it does not sign in',
};

/** `Signs in with a client certificate`. */
export function signInWords(ways: readonly SignInWay[]): string {
  const words = ways.map((way) => wayWords[way]);
  return words.length === 0 ? wayWords.none : words.join(' and ');
}

const certificateOf = {
  client: 'Its client certificate',
  authority: 'The certificate of its authority',
  server: 'The certificate of the server',
} as const;

/** Null: there is nothing to tell of it. */
export function certificateWords({ of, notAfter, standing }: ContextCertificate): string | null {
  const date = formatDate(notAfter);
  if (standing === 'soon') return `${certificateOf[of]} expires on ${date}.`;
  if (standing === 'expired') return `${certificateOf[of]} expired on ${date}.`;
  return standing === 'not-yet' ? `${certificateOf[of]} is not valid yet.` : null;
}

/** Where its kubeconfig lies. */
export function sourceWords(source: ContextSource): string {
  if (source.kind === 'files') return isolated(source.file);
  return source.origin.kind === 'pasted'
    ? 'pasted, kept as a secret'
    : `from ${isolated(source.origin.name)}, kept as a secret`;
}

/** A context that works without anything more being done is ticked at first. */
export function tickedAtFirst(contexts: readonly ContextPreview[]): readonly string[] {
  const usable = contexts.filter(
    ({ problem, takenAs }) => problem === null && takenAs.length === 0,
  );
  const current = usable.find((context) => context.current);
  const [only] = usable;
  if (current !== undefined) return [current.key];
  return usable.length === 1 && only !== undefined ? [only.key] : [];
}
