import type { Client } from '../../../rpc/client.ts';

interface Following {
  /** Which draft changed, whoever did it; null: some came or went, or nobody knows. */
  readonly onChange: (id: string | null) => void;
  /** Whether the connection that this was begun on is still the one. */
  readonly isOpen: () => boolean;
}

/** Between two tries to listen again on a connection that still stands. */
const pauseMs = 2_000;

/**
 * Follows what becomes of the drafts for as long as the connection stands; it is begun anew with each
 * connection. Failures pass without a word: the connection itself tells the person.
 */
export async function followDrafts(client: Client, following: Following): Promise<void> {
  const { onChange, isOpen } = following;
  while (isOpen()) {
    try {
      for await (const { id } of await client.onboarding.watch()) onChange(id);
    } catch {
      // The link is down, or the stream broke: see below.
    }
    if (!isOpen()) return;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    // Something may have changed unheard.
    if (isOpen()) onChange(null);
  }
}
