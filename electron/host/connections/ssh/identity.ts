import type { SshQuestion } from '../../../../shared/model/ssh.ts';
import type { HeldKey } from './held-key.ts';
import type { PublicKey } from './keys/public-key.ts';
import type { SecretMemory } from './secret-memory.ts';
import type { Answer } from './types.ts';

/** A key to try. Nothing is unlocked before the server said that it would take this key. */
export interface Identity {
  /** For the person: the path, or what the agent calls it. */
  readonly label: string;
  /** Somebody named it for this machine. */
  readonly configured?: boolean;
  /** May have to ask for the passphrase; null when the person passed this key over. */
  publicKey(): Promise<PublicKey | null>;
  /** The signature as it goes over the wire, of the algorithm that was offered. */
  sign(data: Buffer, algorithm: string): Promise<Buffer>;
  /** Told when it has let somebody in. */
  readonly worked?: () => void;
}

/** The person gave no passphrase: on to the next key, as OpenSSH does. */
export class KeyPassedOver extends Error {
  override readonly name = 'KeyPassedOver';
}

export interface IdentityContext {
  readonly ask: (question: SshQuestion) => Promise<Answer>;
  /** To be called when the login has succeeded. */
  readonly whenIn: (work: () => void) => void;
  readonly memory: SecretMemory;
  /** Keys that lie in no file and no agent. */
  readonly heldKeys: readonly HeldKey[];
  readonly signal: AbortSignal;
  /** Stops the clocks while another connection asks for the passphrase of the same key. */
  readonly hold: () => () => void;
  /** Lets a person act elsewhere (an agent that asks): stops the clocks, says whom it waits for. */
  readonly elsewhere: Elsewhere;
  /** Told about keys that cannot be tried, and why. */
  readonly note: (text: string) => void;
}

/** The work gives up when its signal says so: the attempt was left, or nobody came. */
export type Elsewhere = <T>(
  waitingFor: string,
  work: (signal: AbortSignal) => Promise<T>,
) => Promise<T>;
