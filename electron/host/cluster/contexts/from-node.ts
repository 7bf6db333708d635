import type { NodeEvent } from '../../../../shared/contract/cluster/contexts.ts';
import { AskedWork, type Asking } from '../../asked-work.ts';

/** What work on a machine has that may ask a person; `tell`: what it does now. */
export type NodeAsking = Omit<Asking<NodeEvent>, 'tell'> & {
  readonly tell: (text: string) => void;
};

/** Kubeconfigs being fetched from nodes, for windows. */
export class NodeAttempts {
  readonly #work = new AskedWork<NodeEvent>((told) => ({ type: 'failed', ...told }));

  readonly answer = this.#work.answer.bind(this.#work);

  run(
    attemptId: string,
    signal: AbortSignal | undefined,
    work: (asking: NodeAsking) => Promise<NodeEvent>,
  ): AsyncGenerator<NodeEvent, void, void> {
    return this.#work.run(attemptId, signal, async ({ tell, ...asking }) => {
      const step = (text: string) => tell({ type: 'step', text, at: Date.now() });
      tell(await work({ ...asking, tell: step }));
    });
  }
}
