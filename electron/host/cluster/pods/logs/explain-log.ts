import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { LogFailure } from '../../../log-following/index.ts';
import { mayRead, refusal } from '../refusal.ts';

/** What it means that the log of a container could not be read. */
export function explainLog(error: unknown, { namespace }: { namespace: string }): LogFailure {
  const why = refusal(error, mayRead(namespace));
  const text = why instanceof Error ? why.message : String(why);
  const code = why instanceof RackhelmError ? why.code : null;
  if (code === 'KUBE_INVALID' && /waiting to start|PodInitializing/i.test(text)) {
    return { state: 'waiting', why: 'its container has not begun yet', lasting: false };
  }
  if (code === 'KUBE_INVALID' && /previous terminated/i.test(text)) {
    return { state: 'failed', why: 'it did not run before', lasting: true };
  }
  if (code === 'KUBE_NOT_FOUND') return { state: 'ended', why: 'the pod is gone', lasting: true };
  const lasting = code === 'KUBE_FORBIDDEN' || code === 'NOT_FOUND';
  return { state: lasting ? 'failed' : 'lost', why: text, lasting };
}
