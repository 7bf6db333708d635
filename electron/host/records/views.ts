import { z } from 'zod';
import { mostViews, type SavedView, savedView } from '../../../shared/contract/records.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { KindName } from '../../../shared/model/kinds/index.ts';

/** Settings of the data directory, as JSON text. */
interface Settings {
  setting(key: string): string | undefined;
  keepSetting(key: string, json: string): void;
}

/** Ways in which a person looks at the table of a kind, by name. Beside the history: no undo. */
export interface SavedViews {
  list(kind: KindName): SavedView[];
  /** One of the same name, in any case, is replaced. Throws INVALID_INPUT when there are too many. */
  save(kind: KindName, view: SavedView): void;
  delete(kind: KindName, name: string): void;
}

const kept = z.array(savedView);
const keyOf = (kind: KindName) => `views of ${kind}`;
const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const alike = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

export function createSavedViews(settings: Settings): SavedViews {
  const list = (kind: KindName): SavedView[] => {
    const json = settings.setting(keyOf(kind));
    // What a later version may have kept in another form is left to it.
    return json === undefined ? [] : (kept.safeParse(JSON.parse(json)).data ?? []);
  };
  const others = (kind: KindName, name: string) =>
    list(kind).filter((view) => !alike(view.name, name));
  return {
    list,
    save(kind, view) {
      const views = [...others(kind, view.name), view];
      if (views.length > mostViews) {
        throw new RackhelmError('INVALID_INPUT', `There are ${mostViews} views already.`, {
          hint: 'Delete one that nobody needs any more.',
        });
      }
      views.sort((a, b) => order.compare(a.name, b.name));
      settings.keepSetting(keyOf(kind), JSON.stringify(views));
    },
    delete(kind, name) {
      settings.keepSetting(keyOf(kind), JSON.stringify(others(kind, name)));
    },
  };
}
