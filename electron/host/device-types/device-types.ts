import type {
  ChosenTypeInput,
  DeviceTypeRow,
  WholeDeviceType,
} from '../../../shared/contract/device-types.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { DeviceKind } from '../../../shared/model/inventory.ts';
import type { KindName } from '../../../shared/model/kinds/index.ts';
import type { Values } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import type { ChosenType } from './device-of-type.ts';
import { type LibraryType, searchLibrary } from './library.ts';
import { countWith, rowsWith } from './rows.ts';
import { idOfType, insertType, storedType, typeKind } from './stored-type.ts';
import { type TypeDraft, titleOfType } from './type-draft.ts';
import { fileNameOf, writeTypeFile } from './write-file.ts';

/** Shapes as shared/contract/device-types.ts has them; every failure is a RackhelmError. */
export interface DeviceTypes {
  list(query: {
    readonly search: string;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ rows: DeviceTypeRow[]; total: number }>;
  get(type: ChosenTypeInput): Promise<WholeDeviceType>;
  take(
    input: { readonly slug: string },
    source?: 'app' | 'cli',
  ): Promise<{ id: string; changeSetId: string }>;
  export(type: ChosenTypeInput): Promise<{ fileName: string; text: string }>;
  /** What that stands for on any thread: the id, or the draft of one that comes with Rackhelm. */
  chosen(type: ChosenTypeInput): Promise<ChosenType>;
  /**
   * The type that a person calls so, by title, model or short name, in whatever case. Throws NOT_FOUND,
   * or INVALID_INPUT where several are called so.
   */
  named(name: string): Promise<ChosenType>;
}

/** `library` reads what comes with Rackhelm, once. */
export function createDeviceTypes(
  db: Database,
  library: () => Promise<readonly LibraryType[]>,
): DeviceTypes {
  const { records } = db.tables;

  const inLibrary = async (slug: string): Promise<LibraryType> => {
    const found = (await library()).find((type) => type.slug === slug);
    if (found !== undefined) return found;
    throw new RackhelmError('NOT_FOUND', `No device type with the short name ${slug} comes along.`);
  };
  const chosen = async (type: ChosenTypeInput): Promise<ChosenType> => {
    if ('id' in type) return { id: type.id };
    const { draft } = await inLibrary(type.slug);
    const id = idOfType(db, draft.values);
    return id === undefined ? { draft } : { id };
  };
  const draftOf = (type: ChosenType) => ('id' in type ? storedType(db, type.id) : type.draft);

  return {
    async list({ search, offset, limit }) {
      const words = search.split(/\s+/).filter(Boolean).slice(0, 10);
      const sort = { field: null, descending: false };
      const own = records.list(typeKind, { words, where: [], sort, offset, limit });
      const others = searchLibrary(await library(), search).filter(
        ({ draft }) => idOfType(db, draft.values) === undefined,
      );
      const from = Math.max(0, offset - own.total);
      const rows = [
        ...own.rows.map(({ id, values }) => storedRow(db, id, values)),
        ...others
          .slice(from, from + limit - own.rows.length)
          .map(({ slug, draft }) => libraryRow(slug, draft)),
      ];
      return { rows, total: own.total + others.length };
    },
    async get(type) {
      const found = await chosen(type);
      const draft = draftOf(found);
      const row =
        'id' in found
          ? storedRow(db, found.id, draft.values)
          : libraryRow('slug' in type ? type.slug : '', draft);
      return { row, values: { ...draft.values }, ports: draft.ports.map((port) => ({ ...port })) };
    },
    async take({ slug }, source = 'app') {
      const { draft } = await inLibrary(slug);
      const title = `Added device type ${titleOfType(draft.values)}`;
      const { result, changeSetId } = db.change(
        { title, source },
        () => idOfType(db, draft.values) ?? insertType(db, draft),
      );
      return { id: result, changeSetId };
    },
    async export(type) {
      const draft = draftOf(await chosen(type));
      return { fileName: fileNameOf(draft.values), text: writeTypeFile(draft) };
    },
    chosen,
    async named(name) {
      const wanted = name.trim();
      const all = await library();
      const exact = all.filter((type) => goesBy(type, wanted.toLowerCase()));
      // `DS923+` says enough where one type alone holds it; a whole name goes first, wherever it is.
      const tries: readonly (() => readonly ChosenType[])[] = [
        () => ownNamed(db, wanted),
        () => exact.map(({ draft }) => ({ draft })),
        () => ownHolding(db, wanted),
        () => (wanted === '' ? [] : searchLibrary(all, wanted).map(({ draft }) => ({ draft }))),
      ];
      for (const look of tries) {
        const [found, another, ...more] = look();
        if (found === undefined) continue;
        if (another === undefined) return found;
        throw several(wanted, [found, another, ...more].slice(0, 4).map(draftOf));
      }
      throw new RackhelmError('NOT_FOUND', `There is no device type called ${wanted}.`, {
        hint: 'Device types lists those that there are; a library file can be imported.',
        data: { field: 'type' },
      });
    },
  };
}

const shownTypes = 3;

function several(name: string, which: readonly TypeDraft[]): RackhelmError {
  const titles = which.slice(0, shownTypes).map(({ values }) => titleOfType(values));
  const more = which.length > shownTypes ? ' …' : '';
  return new RackhelmError(
    'INVALID_INPUT',
    `Several device types are called ${name}: ${titles.join(', ')}${more}.`,
    { hint: 'Write more of its name.', data: { field: 'type' } },
  );
}

/** Those of the inventory that go by this name. */
function ownNamed(db: Database, name: string): ChosenType[] {
  const by = (where: Values) =>
    rowsWith(db, 'device-type', where, { limit: 4 }).rows.map(({ id }) => ({ id }));
  const whole = db.tables.records.idsByName(typeKind, name, 4);
  if (whole.length > 0) return whole.map((id) => ({ id }));
  const models = by({ model: name });
  return models.length > 0 ? models : by({ slug: name });
}

/** Those of the inventory that hold all of its words. */
function ownHolding(db: Database, name: string): ChosenType[] {
  const words = name.split(/\s+/).filter(Boolean).slice(0, 10);
  if (words.length === 0) return [];
  const sort = { field: null, descending: false };
  const query = { words, where: [], sort, offset: 0, limit: 4 };
  return db.tables.records.list(typeKind, query).rows.map(({ id }) => ({ id }));
}

function goesBy({ slug, draft }: LibraryType, name: string): boolean {
  const { manufacturer, model } = draft.values;
  return [slug, model, titleOfType(draft.values), `${manufacturer} ${model}`].some(
    (one) => String(one).toLowerCase() === name,
  );
}

function storedRow(db: Database, id: string, values: Values): DeviceTypeRow {
  const count = (kind: KindName) => countWith(db, kind, { deviceType: id });
  return { ...rowOf(values), id, ports: count('port-template'), devices: count('device') };
}

function libraryRow(slug: string, { values, ports }: TypeDraft): DeviceTypeRow {
  return { ...rowOf(values), slug, ports: ports.length };
}

function rowOf(values: Values): DeviceTypeRow {
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : null);
  const amount = (name: string) => (typeof values[name] === 'number' ? values[name] : null);
  return {
    id: null,
    slug: null,
    title: titleOfType(values),
    manufacturer: text('manufacturer') ?? '',
    model: text('model') ?? '',
    kind: text('kind') as DeviceKind | null, // the kind's schema says so
    heightUnits: amount('heightUnits'),
    width: text('width'),
    fullDepth: typeof values.fullDepth === 'boolean' ? values.fullDepth : null,
    depth: amount('depth'),
    bays: text('bays'),
    ports: 0,
    devices: 0,
  };
}
