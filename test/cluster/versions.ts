/** What is built, by the names and versions of its Go modules. */
export const newestKubernetes = '1.37.2';
/** One minor behind, for what may differ by so much and no more. */
export const olderKubernetes = '1.36.3';
export type KubernetesVersion = typeof newestKubernetes | typeof olderKubernetes;

export const kubernetesVersions: readonly KubernetesVersion[] = [newestKubernetes, olderKubernetes];

export const kwokVersion = '0.8.0';
export const kineVersion = '0.17.5';
export const metricsServerVersion = '0.9.0';

/** What a rack or a test needs of Go, as its modules say. */
export const oldestGo = { major: 1, minor: 26 };
