import {
  type Page,
  type ReadLine,
  readLine,
  readPage,
} from '../../connections/kubernetes/index.ts';
import { serveThread } from '../../worker/index.ts';
import type { ReadEntry } from './entry.ts';
import { type KindSpec, kindOf, making } from './making.ts';

/** Entry of the thread that reads what clusters list and tell. */
export type EntriesAsks = {
  page: {
    input: { readonly spec: KindSpec; readonly answer: Uint8Array };
    output: Page<ReadEntry> | null;
    part: never;
  };
  line: {
    input: { readonly spec: KindSpec; readonly line: string };
    output: ReadLine<ReadEntry> | null;
    part: never;
  };
};

serveThread<EntriesAsks>({
  page: ({ spec, answer }) => readPage(answer, making(kindOf(spec))),
  line: ({ spec, line }) => readLine(line, making(kindOf(spec))),
});
