import type { SystemEvent } from '../../shared/contract/system.ts';
import type { Client } from './client.ts';

interface Watching {
  readonly onEvent: (event: SystemEvent) => void;
  /** Called once where the events cannot be followed at all. */
  readonly onDeaf: () => void;
  /** Whether the connection that this was begun on is still the one. */
  readonly isOpen: () => boolean;
}

/** Between two tries to listen again on a connection that still stands. */
const pauseMs = 2000;

/**
 * Follows the host's events for as long as the connection stands. A stream that ends alone is begun
 * anew, since a window that hears nothing shows old data for new. Failures pass without a word: the
 * connection itself tells the person, and this is called anew when it is back.
 */
export async function watchSystem(client: Client, watching: Watching): Promise<void> {
  const { onEvent, onDeaf, isOpen } = watching;
  let heard = false;
  let told = false;
  for (;;) {
    try {
      for await (const event of await client.system.watch()) {
        heard = true;
        onEvent(event);
      }
    } catch {
      // The link is down, or the stream broke: see below.
    }
    if (!isOpen()) return;
    if (!heard && !told) onDeaf();
    told = true;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (!isOpen()) return;
  }
}
