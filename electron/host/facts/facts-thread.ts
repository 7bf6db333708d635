import { serveThread } from '../worker/index.ts';
import { type Answer, type RawOutput, readAnswer } from './answer.ts';
import { type Slice, slice } from './slices.ts';

/** Entry of the thread that reads large outputs: the answer first without its long lists, then these. */
export type FactsAsks = {
  read: { input: RawOutput; output: null; part: { rest: Answer } | { slice: Slice } };
};

serveThread<FactsAsks>({
  read: async (output, send) => {
    const { rest, slices } = slice(readAnswer(output));
    // The shape stays; only lists have become empty.
    await send({ rest: rest as Answer });
    for (const next of slices) await send({ slice: next });
    return null;
  },
});
