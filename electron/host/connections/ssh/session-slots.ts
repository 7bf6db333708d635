import { RackhelmError } from '../../../../shared/model/errors.ts';
import { pause } from './pause.ts';
import { Slots } from './slots.ts';
import type { Transport } from './transport.ts';

// sshd's MaxSessions is 10 by default; the rest is left to others who share a connection.
const maxSessions = 8;
// A session that just ended counts for sshd a moment longer; after that many it is no accident.
const refusedWaitsMs = [20, 50, 100, 200, 400, 800, 1600];
const fullWaitMs = 250;

/** Keeps the commands that run at once within what the server allows, which it does not tell. */
export class SessionSlots {
  #transport: Transport | null = null;
  #slots = new Slots(maxSessions);
  #active = 0;
  #refused = 0;
  #refusedWhileAlone = 0;
  #onRoom: (() => void)[] = [];

  /** Waits until there is room. The returned function gives it back. */
  async take(transport: Transport, signal: AbortSignal): Promise<() => void> {
    if (this.#transport !== transport) this.#reset(transport);
    const release = await this.#slots.take(signal);
    if (this.#transport !== transport) return release;
    this.#active += 1;
    return () => {
      release();
      if (this.#transport === transport) this.#ended();
    };
  }

  opened(transport: Transport): void {
    if (this.#transport === transport) this.#refusedWhileAlone = 0;
  }

  /** The server had no room: waits until it may have, and gives up when it never has any. */
  async refused(transport: Transport, signal: AbortSignal): Promise<void> {
    this.#refused += 1;
    try {
      const othersRun = this.#active > this.#refused;
      if (othersRun) await this.#roomOr(fullWaitMs, signal);
      else await pause(this.#nextWait(transport), signal);
    } finally {
      this.#refused -= 1;
    }
  }

  #nextWait(transport: Transport): number {
    const wait = refusedWaitsMs[this.#refusedWhileAlone];
    this.#refusedWhileAlone += 1;
    if (wait !== undefined) return wait;
    throw new RackhelmError('SSH_NO_SHELL', `${transport.where} opens no session for this user.`, {
      hint: 'Check MaxSessions and ForceCommand in its sshd_config.',
    });
  }

  #roomOr(ms: number, signal: AbortSignal): Promise<void> {
    const room = new Promise<void>((resolve) => this.#onRoom.push(resolve));
    const stop = new AbortController();
    const patience = pause(ms, AbortSignal.any([signal, stop.signal]));
    patience.catch(() => {});
    return Promise.race([room, patience]).finally(() => stop.abort());
  }

  #ended(): void {
    this.#active -= 1;
    for (const wake of this.#onRoom.splice(0)) wake();
  }

  #reset(transport: Transport): void {
    this.#transport = transport;
    this.#slots = new Slots(maxSessions);
    this.#active = 0;
    this.#refusedWhileAlone = 0;
  }
}
