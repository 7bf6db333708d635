import type { SystemEvent } from '../../shared/contract/system.ts';
import type { Client } from './client.ts';

/**
 * Follows the host's events until the connection is gone. Failures end it without a word: the
 * connection itself tells the person, and calls this anew when it is back.
 */
export async function watchSystem(
  client: Client,
  onEvent: (event: SystemEvent) => void,
): Promise<void> {
  try {
    for await (const event of await client.system.watch()) onEvent(event);
  } catch {
    // The link is down; Connection shows the banner and reconnects.
  }
}
