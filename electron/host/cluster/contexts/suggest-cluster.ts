import type { ContextPreview } from '../../../../shared/cluster/contexts.ts';
import { isLoopback } from './describe-context.ts';

/** Names that say nothing: what K3s, kubeadm and kubectl write by themselves. */
const plain = /^(default|kubernetes|local|cluster|k3s|admin|kubernetes-admin@kubernetes)?$/i;

/**
 * A name for the cluster of a context that no other has. `from`: the machine that its kubeconfig came
 * from; K3s calls each of its clusters `default`.
 */
export function suggestCluster(
  { name, cluster, server }: Pick<ContextPreview, 'name' | 'cluster' | 'server'>,
  { from, taken }: { readonly from: string | null; readonly taken: ReadonlySet<string> },
): string {
  const host = URL.parse(server)?.hostname ?? '';
  const words = [cluster, name].filter((word) => !plain.test(word));
  const [said = from ?? (isLoopback(host) ? '' : host)] = words;
  const base = (said === '' ? 'k3s' : said).slice(0, 180);
  let suggested = base;
  for (let count = 2; taken.has(suggested.toLowerCase()); count += 1)
    suggested = `${base}-${count}`;
  return suggested;
}
