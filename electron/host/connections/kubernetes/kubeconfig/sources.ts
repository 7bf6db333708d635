import type { KubeconfigDocument } from './document.ts';

/** One kubeconfig of a set, and where it came from. */
export interface SourceDocument {
  /** Absolute; null: it was pasted, or came from a machine. */
  readonly file: string | null;
  readonly document: KubeconfigDocument;
}

/** Documents as kubectl would take them together: of one name the first counts. */
export type SourceSet = readonly SourceDocument[];

export interface FoundEntry<T> {
  readonly value: T;
  readonly source: SourceDocument;
}

type Part = 'clusters' | 'users' | 'contexts';
type Entry<P extends Part> = NonNullable<KubeconfigDocument[P][number]['value']>;

/** As it is called in one document; null where it is not there, or says nothing. */
export function entryIn<P extends Part>(
  source: SourceDocument,
  part: P,
  name: string,
): FoundEntry<Entry<P>> | null {
  const list: readonly { readonly name: string; readonly value?: unknown }[] =
    source.document[part];
  const found = list.find((entry) => entry.name === name);
  // An entry without a body is there, and empty.
  return found === undefined ? null : { value: (found.value ?? {}) as Entry<P>, source };
}

/**
 * What a context means by a name: what stands beside it in its own file, else what the set has. kubectl
 * takes the first of the set even where the context's own file has another one of that name, and so
 * signs in to one cluster as somebody of another.
 */
export function meant<P extends 'clusters' | 'users'>(
  set: SourceSet,
  own: SourceDocument,
  { part, name }: { readonly part: P; readonly name: string },
): { readonly found: FoundEntry<Entry<P>> | null; readonly kubectlTakesAnother: boolean } {
  const beside = entryIn(own, part, name);
  const first = set.map((source) => entryIn(source, part, name)).find((entry) => entry !== null);
  const found = beside ?? first ?? null;
  const isSame = first === undefined || found === null || sameEntry(first, found);
  return { found, kubectlTakesAnother: !isSame };
}

function sameEntry(a: FoundEntry<unknown>, b: FoundEntry<unknown>): boolean {
  return a.source === b.source || JSON.stringify(a.value) === JSON.stringify(b.value);
}

/** Names that stand there more than once, of which kubectl would take none. */
export function repeatedNames(document: KubeconfigDocument, part: Part): ReadonlySet<string> {
  const names = document[part].map(({ name }) => name);
  return new Set(names.filter((name, at) => names.indexOf(name) !== at));
}
