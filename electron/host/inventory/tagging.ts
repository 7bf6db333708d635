import type { Database } from '../db/index.ts';
import { namesText } from './text.ts';

/** Names of tags to put onto devices and to take from them. */
export interface TagChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

export const noTags: TagChange = { add: [], remove: [] };

/** Inside a change set. A tag that nothing carries any more goes. */
export function tagDevices(db: Database, ids: readonly string[], change: TagChange): void {
  const { tags } = db.tables;
  const added = change.add.map((name) => tags.ensure(name.trim()));
  const removed = change.remove.flatMap((name) => tags.idByName(name.trim()) ?? []);
  for (const id of ids) {
    for (const tag of removed) tags.remove(id, tag);
    for (const tag of added) tags.add({ kind: 'device', id }, tag);
  }
  tags.removeUnused();
}

export function tagTitle({ add, remove }: TagChange, which: string): string {
  if (add.length > 0) return `Tagged ${which} with ${namesText(add, 'tags')}`;
  return `Deleted ${namesText(remove, 'tags')} from ${which}`;
}
