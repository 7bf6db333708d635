import { v7 } from 'uuid';

/** A new UUIDv7: sorts by the time it was made, so that rows of one kind lie together. */
export function newId(): string {
  return v7();
}
