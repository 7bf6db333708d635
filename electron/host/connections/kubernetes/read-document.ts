import { RackhelmError } from '../../../../shared/model/errors.ts';
import { threadEntry, WorkerThread } from '../../worker/index.ts';
import { KubeError } from './errors.ts';
import { type KubeconfigDocument, parseKubeconfig } from './kubeconfig/document.ts';
import type { KubeconfigAsks } from './kubeconfig-thread.ts';

/** The largest ones of companies have some hundreds of clusters of 5 KB. */
export const mostKubeconfigBytes = 8 * 1024 * 1024;
/** Parsed within some milliseconds; more goes to a thread. */
const smallBytes = 24 * 1024;
const parseMs = 20_000;

const thread = new WorkerThread<KubeconfigAsks>({
  entry: threadEntry(import.meta.url, 'kubeconfig-thread'),
  task: 'Reading the kubeconfig',
});

/** Throws KUBE_CONFIG_INVALID, KUBE_TOO_LARGE. */
export async function readDocument(
  content: string,
  signal: AbortSignal,
): Promise<KubeconfigDocument> {
  if (content.length > mostKubeconfigBytes) {
    throw new KubeError(
      'KUBE_TOO_LARGE',
      'This kubeconfig is larger than 8 MiB; it was not read.',
      {
        hint: 'Take the contexts that are wanted: kubectl config view --minify --flatten',
      },
    );
  }
  if (content.length <= smallBytes) return parseKubeconfig(content);
  const late = AbortSignal.timeout(parseMs);
  try {
    return await thread.run('parse', content, {
      signal: AbortSignal.any([signal, late]),
      onPart: () => {},
    });
  } catch (error) {
    if (late.aborted && !signal.aborted)
      throw new KubeError('KUBE_CONFIG_INVALID', 'This kubeconfig takes too long to read.');
    if (error instanceof RackhelmError && error.code.startsWith('KUBE_'))
      throw new KubeError('KUBE_CONFIG_INVALID', error.message, { cause: error });
    throw error;
  }
}
