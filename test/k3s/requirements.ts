import { whyNoCluster } from '../cluster/requirements.ts';
import { canRunRack } from '../rack/index.ts';

/** Why K3s's stand-in cannot run here, in one sentence; null when it can. */
export function whyNoStandin(): string | null {
  return canRunRack('k3s') ?? whyNoCluster({ kubelet: true, store: 'kine' });
}
