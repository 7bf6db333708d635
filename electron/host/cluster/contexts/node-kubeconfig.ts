import { isIPv6 } from 'node:net';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { readDocument, type SourceDocument } from '../../connections/kubernetes/index.ts';
import type { Machine } from '../../engine/machines/index.ts';
import { isLoopback } from './describe-context.ts';

const places = [
  '/etc/rancher/k3s/k3s.yaml',
  '/etc/rancher/rke2/rke2.yaml',
  '/etc/kubernetes/admin.conf',
];

export interface NodeKubeconfig {
  readonly source: SourceDocument;
  /** Where it lay. */
  readonly path: string;
}

/**
 * The kubeconfig that lies on a server, read as root. K3s writes its own address as 127.0.0.1; that
 * becomes `at`, where the machine is reached. Throws NOT_FOUND, KUBE_CONFIG_INVALID, SSH_*, SUDO_*.
 */
export async function nodeKubeconfig(
  machine: Pick<Machine, 'name' | 'readFile'>,
  { at, signal }: { readonly at: string; readonly signal: AbortSignal },
): Promise<NodeKubeconfig> {
  for (const path of places) {
    const file = await machine.readFile(path, { signal });
    if (file === null) continue;
    const document = await readDocument(file.content.toString('utf8'), signal);
    const clusters = document.clusters.map(({ name, value }) => ({
      name,
      value: value && { ...value, server: corrected(value.server, at) },
    }));
    return { path, source: { file: null, document: { ...document, clusters } } };
  }
  throw new RackhelmError('NOT_FOUND', `There is no kubeconfig on ${machine.name}.`, {
    hint: `Looked for ${places.join(', ')}; only servers have one, agents do not.`,
  });
}

function corrected(server: string | undefined, at: string): string | undefined {
  const url = URL.parse(server ?? '');
  if (url === null || !isLoopback(url.hostname)) return server;
  url.hostname = isIPv6(at) ? `[${at}]` : at;
  return url.href;
}
