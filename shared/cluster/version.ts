/** A version of Kubernetes as K3s and kubelets tell theirs: `v1.37.2+k3s1`. */
export interface ClusterVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** `rc.1`; null for a release. */
  readonly preRelease: string | null;
  /** K3s's own count within one version of Kubernetes; null where it is not K3s. */
  readonly k3s: number | null;
  readonly text: string;
}

const VERSION =
  /^v?(\d{1,4})\.(\d{1,4})\.(\d{1,6})(?:-([0-9A-Za-z.-]{1,60}))?(?:\+([0-9A-Za-z.-]{1,60}))?$/;

/** `v1.37.2+k3s1`, `v1.37.2-rc.1+k3s1`, `1.37.2`; also as file names write it: `v1.37.2-k3s1`. Else null. */
export function parseClusterVersion(text: string): ClusterVersion | null {
  const trimmed = text.trim();
  const match = VERSION.exec(trimmed);
  if (!match) return null;
  const [, major, minor, patch, dashed = null, build = ''] = match;
  const inName = dashed === null ? null : /^(?:(.+)-)?k3s(\d{1,4})$/.exec(dashed);
  const inBuild = /^k3s(\d{1,4})$/.exec(build);
  return {
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    preRelease: inName ? (inName[1] ?? null) : dashed,
    k3s: inBuild ? Number(inBuild[1]) : inName ? Number(inName[2]) : null,
    text: trimmed,
  };
}

/** Below 0: `a` is the older one. Builds of K3s count after what they are built from. */
export function compareVersions(a: ClusterVersion, b: ClusterVersion): number {
  return (
    a.major - b.major ||
    a.minor - b.minor ||
    a.patch - b.patch ||
    comparePreReleases(a.preRelease, b.preRelease) ||
    (a.k3s ?? 0) - (b.k3s ?? 0)
  );
}

/** A release comes after all that led to it; `rc.10` after `rc.9`. */
function comparePreReleases(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a.localeCompare(b, 'en', { numeric: true });
}

/** How many minor versions `to` stands above `from`; negative: below. Null where the major differs. */
export function minorsBetween(from: ClusterVersion, to: ClusterVersion): number | null {
  return from.major === to.major ? to.minor - from.minor : null;
}

/** What stands against a version; `rule` is what a person may look up. */
export interface VersionObjection {
  readonly rule: 'downgrade' | 'skips-a-minor' | 'newer-than-servers' | 'too-old-for-servers';
  readonly says: string;
}

/**
 * May one server, or the whole cluster, go from one version to another? Downgrades need the snapshot of
 * the old version; a skipped minor leaves migrations of the datastore out. Null: it may.
 */
export function upgradeObjection(
  from: ClusterVersion,
  to: ClusterVersion,
): VersionObjection | null {
  const minors = minorsBetween(from, to);
  if (compareVersions(to, from) < 0)
    return {
      rule: 'downgrade',
      says: `${to.text} is older than ${from.text}. Going back needs a snapshot that was taken with the older version.`,
    };
  if (minors === null || minors > 1)
    return {
      rule: 'skips-a-minor',
      says: `From ${from.text} the next step is ${from.major}.${from.minor + 1}; no minor version may be left out.`,
    };
  return null;
}

/** Kubelets may be three minor versions older than the API server, and never newer. */
const OLDEST_KUBELET = 3;

/**
 * May a node of this version be part of a cluster whose servers have these? `servers`: all that run, one
 * at least. A server that joins counts by the same rule, but for one minor at the most. Null: it may.
 */
export function joinObjection(
  node: ClusterVersion,
  role: 'server' | 'agent',
  servers: readonly ClusterVersion[],
): VersionObjection | null {
  const sorted = [...servers].sort(compareVersions);
  const oldest = sorted[0];
  const newest = sorted.at(-1);
  if (!oldest || !newest) return null;
  const above = minorsBetween(oldest, node);
  if (above === null || above > 0)
    return {
      rule: 'newer-than-servers',
      says: `${node.text} is newer than the server with ${oldest.text}. Upgrade the servers first.`,
    };
  const below = minorsBetween(node, newest) ?? Number.POSITIVE_INFINITY;
  const allowed = role === 'agent' ? OLDEST_KUBELET : 1;
  if (below > allowed)
    return {
      rule: 'too-old-for-servers',
      says: `${node.text} is ${below} minor versions older than the server with ${newest.text}; ${allowed} may be.`,
    };
  return null;
}

/** Which minor version comes next on the way to `to`: upgrades go one minor at a time. */
export function minorSteps(
  from: ClusterVersion,
  to: ClusterVersion,
): readonly { readonly major: number; readonly minor: number }[] {
  const minors = minorsBetween(from, to) ?? 0;
  return Array.from({ length: Math.max(0, minors) }, (_, index) => ({
    major: from.major,
    minor: from.minor + index + 1,
  }));
}
