import { skipOrFail } from '../cluster/describe-cluster.ts';
import { describeRack, type Rack } from '../rack/index.ts';
import { type K3sBinary, realK3s, standin } from './binaries.ts';
import { whyNoStandin } from './requirements.ts';

/** A `describe` whose tests share the rack of machines for K3s. */
export function describeK3s(name: string, tests: (rack: () => Rack) => void): void {
  const reason = whyNoStandin();
  if (reason) skipOrFail(name, reason);
  else describeRack(name, 'k3s', tests);
}

/**
 * The same tests by the stand-in, and by K3s itself where RACKHELM_K3S names its binary. What the first proves,
 * the second need not: elsewhere it is named as not run.
 */
export function describeBothK3s(
  name: string,
  tests: (rack: () => Rack, k3s: K3sBinary) => void,
): void {
  describeK3s(`${name}, by the stand-in`, (rack) => tests(rack, standin));
  const real = realK3s();
  if (real) describeK3s(`${name}, by K3s itself`, (rack) => tests(rack, real));
  else skipOrFail(`${name}, by K3s itself`, 'RACKHELM_K3S names no binary');
}
