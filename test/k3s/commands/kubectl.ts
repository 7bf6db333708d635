import { spawnSync } from 'node:child_process';
import { kubeconfigFile, programs } from '../places.ts';

/** kubectl, with the administrator's way in unless another is named. */
export async function runKubectl(words: readonly string[]): Promise<void> {
  const env = { KUBECONFIG: kubeconfigFile, ...process.env };
  const { status } = spawnSync(programs.kubernetes, ['kubectl', ...words], {
    stdio: 'inherit',
    env,
  });
  process.exitCode = status ?? 1;
}
