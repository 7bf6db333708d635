import { newestKubernetes } from '../cluster/versions.ts';

/** What it says that it is; the file that stands for the binary may say another one. */
export function versionText(): string {
  return process.env.K3S_STANDIN_VERSION ?? `v${newestKubernetes}+k3s1`;
}
