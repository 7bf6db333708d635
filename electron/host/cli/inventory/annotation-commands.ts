import { readFileSync } from 'node:fs';
import { tagName } from '../../../../shared/model/annotations.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { KindName } from '../../../../shared/model/kinds/index.ts';
import { type Annotations, createAnnotations } from '../../annotations/index.ts';
import type { DataOption } from '../terminal/options.ts';
import { print, printJson } from '../terminal/output.ts';
import { withRecords } from './record-commands.ts';
import { find, kindNamed } from './record-input.ts';

export interface OutputOptions extends DataOption {
  readonly json?: true;
}

/** A thing as the command line names it. */
export interface NamedThing {
  readonly kind: string;
  readonly name: string;
}

interface FoundThing {
  readonly kind: KindName;
  readonly id: string;
  readonly name: string;
}

/** Opens the inventory and finds the thing. Throws NOT_FOUND, or INVALID_INPUT for no kind. */
export function withThing<T>(
  thing: NamedThing,
  options: DataOption,
  work: (annotations: Annotations, found: FoundThing) => T,
): T {
  const kind = kindNamed(thing.kind).name as KindName; // of the list
  return withRecords(options, false, (records, database) => {
    const { id, name } = find(records, kind, thing.name);
    return work(createAnnotations(database), { kind, id, name });
  });
}

/** `rackhelm tag KIND NAME TAG…` and `untag`. */
export function changeTags(
  verb: 'tag' | 'untag',
  { tags, ...thing }: NamedThing & { readonly tags: readonly string[] },
  options: OutputOptions,
): void {
  const names = tags.map((tag) => {
    const parsed = tagName.safeParse(tag);
    if (parsed.success) return parsed.data;
    throw new RackhelmError('INVALID_INPUT', `“${tag}” is no tag.`, {
      hint: 'A tag has 1 to 50 characters.',
    });
  });
  withThing(thing, options, (annotations, { kind, id, name }) => {
    const [add, remove] = verb === 'tag' ? [names, []] : [[], names];
    annotations.tag({ kind, ids: [id], add, remove }, 'cli');
    const now = annotations.of({ kind, id }).tags;
    if (options.json) printJson(now);
    else print(`${name}: ${now.length === 0 ? 'no tags' : now.join(', ')}\n`);
  });
}

/** As many as the contract lets a window write. */
const longestNote = 20_000;

/** `rackhelm note KIND NAME TEXT`, or without a text: its notes, the newest first. */
export function noteThing(
  { text: given, ...thing }: NamedThing & { readonly text: string },
  options: OutputOptions,
): void {
  const text = (given === '-' ? readFileSync(0, 'utf8') : given).trim();
  if (given !== '' && (text === '' || text.length > longestNote)) {
    throw new RackhelmError('INVALID_INPUT', `A note has 1 to ${longestNote} characters.`);
  }
  withThing(thing, options, (annotations, { kind, id, name }) => {
    if (text !== '') annotations.notes.add({ kind, id, text }, 'cli');
    const limit = text === '' ? 1_000 : 1;
    const { notes } = annotations.notes.list({ kind, id, before: null, limit });
    if (options.json) printJson(text === '' ? notes : notes[0]);
    else if (text !== '') print(`Added a note to ${name}\n`);
    else print(notes.map((note) => `${timeText(note.at)}\n${note.text}\n`).join('\n'));
  });
}

export const timeText = (at: number) => new Date(at).toISOString().replace('T', ' ').slice(0, 19);
