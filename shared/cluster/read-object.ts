import type { ClusterKind, ClusterLook, Reading } from './kind.ts';
import type { Links } from './links.ts';
import { keyOf, readMetadata } from './metadata.ts';
import type { ClusterRow } from './row.ts';
import { statusOf } from './status.ts';

/** An object as the tables hold it. */
export interface ReadObject {
  readonly row: ClusterRow;
  readonly links: Links;
  readonly unsettled: boolean;
}

/** Null of what has no name, which no table could show and no request could ask for. */
export function readObject(
  kind: ClusterKind,
  object: unknown,
  { now, look }: { readonly now: number; readonly look: ClusterLook },
): ReadObject | null {
  const metadata = readMetadata(object);
  if (metadata.name === '') return null;
  const reading = readKind(kind, object, { metadata, now, look });
  return {
    row: {
      key: keyOf(metadata),
      uid: metadata.uid,
      namespace: metadata.namespace,
      name: metadata.name,
      createdAt: metadata.creationTimestamp,
      leavingSince: metadata.deletionTimestamp,
      status: reading.status,
      cells: reading.cells,
    },
    links: { labels: metadata.labels, owners: metadata.ownerReferences, ...reading.links },
    unsettled: reading.unsettled,
  };
}

/** One object that our words break on must not take the table with it. */
function readKind(kind: ClusterKind, ...read: Parameters<ClusterKind['read']>): Reading {
  try {
    return kind.read(...read);
  } catch {
    const status = statusOf('unknown', 'Unknown', 'Rackhelm cannot read this object');
    return { status, cells: {}, links: { refers: [], picks: null }, unsettled: false };
  }
}
