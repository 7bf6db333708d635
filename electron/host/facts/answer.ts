import type { Facts } from '../../../shared/model/facts.ts';
import { readFrames } from './frames.ts';
import { factsOf, type Timing } from './parse.ts';

export interface RawOutput extends Timing {
  readonly stdout: Uint8Array;
  readonly nonce: string;
}

/** What the script printed, once it is read. */
export interface Answer {
  readonly began: boolean;
  readonly ended: boolean;
  /** The part that was open, or came last, when the output stopped. */
  readonly lastPart: string | null;
  /** Null where the output has no end. */
  readonly facts: Facts | null;
}

export function readAnswer({ stdout, nonce, collectedAt, durationMs }: RawOutput): Answer {
  const frames = readFrames(stdout, nonce);
  const { began, ended, lastPart } = frames;
  const facts = ended ? factsOf(frames, { collectedAt, durationMs }) : null;
  return { began, ended, lastPart, facts };
}
