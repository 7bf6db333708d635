import { isBuilt, programsOf } from './cache.ts';
import { whyNoGo } from './go-tools.ts';
import { type KubernetesVersion, olderKubernetes } from './versions.ts';

export interface Wanted {
  readonly store?: 'kine' | 'etcd';
  readonly nodes?: number;
  readonly metrics?: boolean;
  /** Real ones, on nodes of the rack. */
  readonly kubelet?: boolean;
  readonly version?: KubernetesVersion;
}

/** What may be missing where nothing else may: Go, K3s itself, and what is built for few tests only. */
export const mayBeMissing =
  /Go \d+\.\d+ or newer is missing|build --(older|metrics)|RACKHELM_K3S names no binary/;

/** Why such a cluster cannot run here, in one sentence; null when it can. */
export function whyNoCluster(wish: Wanted = {}): string | null {
  const { store = 'etcd', nodes = 0, metrics, kubelet, version } = wish;
  const programs = programsOf(version);
  const wanted = [
    programs.kubernetes,
    ...(store === 'kine' ? [programs.kine] : []),
    ...(nodes > 0 ? [programs.kwok] : []),
    ...(metrics ? [programs.metricsServer] : []),
    ...(kubelet ? [programs.kubelet] : []),
  ];
  if (process.platform !== 'linux') return 'The test cluster runs on Linux only.';
  if (wanted.every(isBuilt)) return null;
  if (version === olderKubernetes && !isBuilt(programs.kubernetes))
    return `Kubernetes ${version} is not built; \`npm run cluster -- build --older\` builds it.`;
  if (metrics && !isBuilt(programs.metricsServer))
    return 'metrics-server is not built; `npm run cluster -- build --metrics` builds it.';
  const go = whyNoGo();
  if (go) return `The test cluster is not built. ${go}`;
  return 'The test cluster is not built; `npm run cluster -- build` builds it.';
}
