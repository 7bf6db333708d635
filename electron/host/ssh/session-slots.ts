import { RackhelmError } from '../../../shared/model/errors.ts';
import { pause } from './pause.ts';
import { Slots } from './slots.ts';
import type { Transport } from './transport.ts';

// sshd's MaxSessions is 10 by default; the rest is left to others who share a connection.
const maxSessions = 8;
// A session that just ended counts for sshd a moment longer.
const refusedWaitsMs = [20, 50, 100, 200, 400, 800, 1600];

/** Keeps the commands that run at once within what the server allows, which it does not tell. */
export class SessionSlots {
  #transport: Transport | null = null;
  #slots = new Slots(maxSessions);
  #active = 0;
  #refusedInARow = 0;

  /** Waits until there is room. The returned function gives it back. */
  async take(transport: Transport, signal: AbortSignal): Promise<() => void> {
    if (this.#transport !== transport) this.#reset(transport);
    const release = await this.#slots.take(signal);
    this.#active += 1;
    return () => {
      release();
      this.#active -= 1;
    };
  }

  opened(transport: Transport): void {
    if (this.#transport === transport) this.#refusedInARow = 0;
  }

  /** The server had no room: wait a moment, and give up when it never has any. */
  async refused(transport: Transport, signal: AbortSignal): Promise<void> {
    if (this.#active <= 1) this.#refusedInARow += 1;
    const wait = refusedWaitsMs[this.#refusedInARow] ?? null;
    if (wait === null)
      throw new RackhelmError(
        'SSH_NO_SHELL',
        `${transport.where} opens no session for this user.`,
        { hint: 'Check MaxSessions and ForceCommand in its sshd_config.' },
      );
    await pause(Math.max(wait, 50), signal);
  }

  #reset(transport: Transport): void {
    this.#transport = transport;
    this.#slots = new Slots(maxSessions);
    this.#active = 0;
    this.#refusedInARow = 0;
  }
}
