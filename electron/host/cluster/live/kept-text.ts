import { withoutValues } from '../../../../shared/cluster/kinds/secrets.ts';
import type { KubeObject } from '../../../../shared/cluster/kube-object.ts';

/** Characters of one object that are kept; of more, its page is read anew when somebody opens it. */
const mostKept = 64 * 1024;
/** An annotation that is longer is no note to a person. */
const mostAnnotation = 4 * 1024;

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

export interface Kept {
  /** JSON; null where it is too large to be kept. */
  readonly text: string | null;
  /** Something was left out that the page of the object has to fetch. */
  readonly cut: boolean;
}

/**
 * What is kept of an object beside its row: its JSON as one text, since thousands of trees of small
 * objects take several times as much memory. What kubectl repeats of a whole object in an annotation
 * goes, and of a secret every value (that annotation holds them too).
 */
export function keptText(object: KubeObject): Kept {
  const { annotations } = object.metadata;
  const [notes, cut] = shortened(annotations);
  const { annotations: _all, name, namespace, ...more } = object.metadata;
  const { apiVersion, kind, metadata: _metadata, ...rest } = object;
  // As people write them: what it is and how it is called come first.
  const metadata = { name, namespace, annotations: notes, ...more };
  const whole = { apiVersion, kind, metadata, ...rest };
  const text = JSON.stringify(whole);
  return text.length > mostKept ? { text: null, cut: true } : { text, cut };
}

/** Before anything else sees it. */
export function harmless(object: KubeObject): KubeObject {
  if (object.kind !== 'Secret') return object;
  // withoutValues takes away and replaces fields of `data` alone.
  return withoutValues(object) as KubeObject;
}

type Notes = Readonly<Record<string, string>> | undefined;

function shortened(annotations: Notes): [notes: Notes, cut: boolean] {
  if (annotations === undefined) return [undefined, false];
  let cut = false;
  const kept: [string, string][] = [];
  for (const [name, value] of Object.entries(annotations)) {
    if (name === lastApplied) continue;
    const isLong = value.length > mostAnnotation;
    cut ||= isLong;
    kept.push([name, isLong ? `${value.slice(0, 200)}…` : value]);
  }
  return [kept.length === 0 ? undefined : Object.fromEntries(kept), cut];
}
