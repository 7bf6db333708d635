import { skipOrFail } from '../cluster/describe-cluster.ts';
import { describeRack, type Rack } from '../rack/index.ts';
import { whyNoStandin } from './requirements.ts';

/** A `describe` whose tests share the rack of machines for K3s. */
export function describeK3s(name: string, tests: (rack: () => Rack) => void): void {
  const reason = whyNoStandin();
  if (reason) skipOrFail(name, reason);
  else describeRack(name, 'k3s', tests);
}
