import type { EntrySource } from '../../../shared/contract/quick-entry.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { ChosenType, DeviceTypes } from '../device-types/index.ts';
import type { EntryTypes } from './add-entry.ts';
import { typeWordsOf } from './quick-entry.ts';

/** More types than that nobody names in one entry. */
const mostTypes = 200;

/** Looks up the types that an entry names; what is not found is told with the device that names it. */
export async function typesOfEntry(types: DeviceTypes, source: EntrySource): Promise<EntryTypes> {
  const found = new Map<string, ChosenType | { readonly problem: string }>();
  for (const word of typeWordsOf(source).slice(0, mostTypes)) {
    try {
      found.set(word, await types.named(word));
    } catch (error) {
      if (!(error instanceof RackhelmError)) throw error;
      found.set(word, { problem: error.message });
    }
  }
  return found;
}
