import { mostTags } from '../../../shared/model/annotations.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { KindName } from '../../../shared/model/kinds/index.ts';
import type { Database } from '../db/index.ts';
import { type Changed, type Source, subjectsText } from './subjects.ts';

export interface TagInput {
  readonly kind: KindName;
  readonly ids: readonly string[];
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** Puts tags onto things of one kind and takes others from them, as one change. */
export function tagThings(db: Database, input: TagInput, source: Source): Changed {
  const { kind, ids, add, remove } = input;
  const { tags } = db.tables;
  const which = subjectsText(db, { kind, ids });
  const title =
    add.length > 0
      ? `Tagged ${which} with ${tagsText(add)}`
      : `Deleted ${tagsText(remove)} from ${which}`;
  const { changeSetId } = db.change({ title, source }, () => {
    const removed = remove.flatMap((name) => tags.idByName(name.trim()) ?? []);
    const added = add.map((name) => tags.ensure(name.trim()));
    for (const id of ids) {
      for (const tag of removed) tags.remove(id, tag);
      for (const tag of added) tags.add({ kind, id }, tag);
    }
    const full =
      add.length > 0 && [...tags.of(ids).values()].some((names) => names.length > mostTags);
    if (full) throw new RackhelmError('INVALID_INPUT', `A thing has ${mostTags} tags at most.`);
    tags.removeUnused();
  });
  return { changeSetId };
}

const tagsText = (names: readonly string[]) =>
  names.length > 2 ? `${names.length} tags` : names.join(' and ');
