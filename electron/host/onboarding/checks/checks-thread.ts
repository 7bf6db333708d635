import { serveThread } from '../../worker/index.ts';
import { type Judged, type JudgeInput, judgeMachine } from './judge-machine.ts';

/** Entry of the thread that reads what a machine printed where that is long. */
export type ChecksAsks = {
  judge: { input: JudgeInput; output: Judged; part: never };
};

serveThread<ChecksAsks>({ judge: async (input) => judgeMachine(input) });
