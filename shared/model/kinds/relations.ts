import { type Kind, kinds } from './index.ts';

/** A kind whose rows refer to another one, by which field. */
export interface Relation {
  readonly kind: Kind;
  readonly field: string;
  /** They belong to what they refer to, and go with it. */
  readonly owned: boolean;
}

/** Everything that may refer to rows of a kind; what belongs to them comes first. */
export function relationsTo(target: string): readonly Relation[] {
  const all: readonly Kind[] = kinds;
  const found = all.flatMap((kind) =>
    Object.entries(kind.fields).flatMap(([field, description]): Relation[] =>
      description.type === 'reference' && description.to === target
        ? [{ kind, field, owned: kind.owner === field }]
        : [],
    ),
  );
  return [...found.filter(({ owned }) => owned), ...found.filter(({ owned }) => !owned)];
}
