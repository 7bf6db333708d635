import { isolated } from '../../ui/isolate.ts';

/** A rack in a sentence: `rack Attic`, and `Rack A` where the name says so itself. */
export function rackTitle(name: string): string {
  return /^rack\b/i.test(name.trim()) ? isolated(name) : `rack ${isolated(name)}`;
}
