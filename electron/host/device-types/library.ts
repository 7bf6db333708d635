import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { largestFile, readTypeFile } from './read-file.ts';
import { type TypeDraft, titleOfType } from './type-draft.ts';

/** A type of the shipped library. */
export interface LibraryType {
  /** Names it in the library: the slug of its file. */
  readonly slug: string;
  readonly draft: TypeDraft;
  /** In small letters: what a search looks through. */
  readonly words: string;
}

/** The library is a part of the installation; more than this is not ours. */
const mostFiles = 2_000;

/**
 * The types that come with Rackhelm, by title; read once, file by file with pauses, so that nobody
 * waits for it. A file that cannot be read is told and left out.
 */
export async function readLibrary(
  directory: string,
  report: (error: unknown) => void,
): Promise<readonly LibraryType[]> {
  const found: LibraryType[] = [];
  for (const file of await filesOf(directory)) {
    try {
      const { size } = await stat(file);
      if (size > largestFile) continue;
      for (const { draft } of readTypeFile(await readFile(file, 'utf8'))) found.push(typeOf(draft));
    } catch (error) {
      report(error);
    }
    await setImmediate();
  }
  return found.sort((a, b) => a.words.localeCompare(b.words, 'en', { numeric: true }));
}

async function filesOf(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .slice(0, mostFiles)
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function typeOf(draft: TypeDraft): LibraryType {
  const { slug, manufacturer, model, kind } = draft.values;
  const words = [titleOfType(draft.values), manufacturer, model, kind].join(' ').toLowerCase();
  return { slug: String(slug ?? `${manufacturer}/${model}`), draft, words };
}

/** Those that hold all of these words. */
export function searchLibrary(
  library: readonly LibraryType[],
  search: string,
): readonly LibraryType[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10);
  return library.filter((type) => words.every((word) => type.words.includes(word)));
}
