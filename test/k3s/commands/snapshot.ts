import { Fatal } from '../log.ts';

export async function runSnapshot(words: readonly string[]): Promise<void> {
  throw new Fatal(`not yet: ${words.join(' ')}`);
}
