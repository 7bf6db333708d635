import type { Facts } from '../../../shared/model/facts.ts';
import type { Doubtful } from './evidence.ts';
import { type Frames, readFrames } from './frames.ts';
import { readFacts, type Timing } from './parse.ts';

/** What the script printed in one run, with the nonce of its marks. */
export interface Run {
  readonly stdout: Uint8Array;
  readonly nonce: string;
}

export interface RawOutput extends Timing {
  readonly run: Run;
  /** The run in which some tools were asked once more, in their plain form. */
  readonly again?: Run;
}

/** What the script printed, once it is read. */
export interface Answer {
  readonly began: boolean;
  readonly ended: boolean;
  /** The part that was open, or came last, when the output stopped. */
  readonly lastPart: string | null;
  /** Null where the output has no end. */
  readonly facts: Facts | null;
  /** What is worth asking once more, in plain words. */
  readonly doubts: readonly Doubtful[];
}

export function readAnswer({ run, again, collectedAt, durationMs }: RawOutput): Answer {
  const frames = merge(readFrames(run.stdout, run.nonce), again);
  const { began, ended, lastPart } = frames;
  const timing = { collectedAt, durationMs };
  const { facts, doubts } = ended ? readFacts(frames, timing) : { facts: null, doubts: [] };
  return { began, ended, lastPart, facts, doubts };
}

/** What was asked again adds its parts; it never takes one away. */
function merge(first: Frames, again: Run | undefined): Frames {
  if (!again) return first;
  const more = readFrames(again.stdout, again.nonce).parts;
  return { ...first, parts: new Map([...more, ...first.parts]) };
}
