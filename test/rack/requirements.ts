import type { NodeSpec } from './node-spec.ts';
import { missingPackages } from './packages.ts';
import { nodesOf, type ProfileName } from './profiles.ts';
import { RackError } from './rack-error.ts';

function reasonAgainst(specs: readonly NodeSpec[]): string | null {
  if (process.platform !== 'linux') return 'The rack runs on Linux only.';
  if (process.getuid?.() !== 0) return 'The rack needs root, for namespaces and mounts.';
  const missing = missingPackages(specs);
  if (missing.length === 0) return null;
  return `The rack needs these Debian packages, which are not installed: ${missing.join(' ')}.`;
}

/** Why a rack of this profile cannot run here, in one sentence; null when it can. */
export function canRunRack(profile: ProfileName = 'small'): string | null {
  return reasonAgainst(nodesOf(profile));
}

export function requireRack(specs: readonly NodeSpec[]): void {
  const reason = reasonAgainst(specs);
  if (reason) throw new RackError(reason);
}
