import { z } from 'zod';
import { conditionsOf } from '../../../../shared/cluster/condition.ts';
import type { ClusterKind } from '../../../../shared/cluster/kind.ts';
import { decodedSize } from '../../../../shared/cluster/kinds/config-maps.ts';
import type { ObjectPage } from '../../../../shared/cluster/object-page.ts';
import { containerList } from '../../../../shared/cluster/pods/container-list.ts';
import { relatedKinds } from '../../../../shared/cluster/related-kinds.ts';
import { part, texts } from '../../../../shared/cluster/tolerant.ts';
import { yamlText } from '../../../../shared/cluster/yaml-text.ts';
import { type Entry, objectOf } from './entry.ts';
import type { LiveCluster } from './live-cluster.ts';
import type { ObjectEvents } from './object-events.ts';
import { Relations } from './relations.ts';

/** Characters of YAML that are sent; more than that nobody reads. */
const mostYaml = 512 * 1024;

export interface PageSource {
  readonly cluster: LiveCluster;
  readonly kind: ClusterKind;
  readonly entry: Entry;
  /** Whole, where more of it was asked for than is kept. */
  readonly whole: unknown;
  readonly events: ObjectEvents | null;
  readonly gone: boolean;
}

/** Everything of one object, from what is held. */
export function buildPage({ cluster, kind, entry, whole, events, gone }: PageSource): ObjectPage {
  const object = whole ?? objectOf(entry);
  const relations = new Relations(cluster, kindsAround(kind, entry, cluster));
  const owned = relations.owned(entry);
  const owners = relations.owners(entry);
  const related = relations.related(kind.id, entry, [...owners, ...owned.items]);
  const watched = cluster.watched(kind.id);
  const { namespace } = entry.row;
  const yaml = object === null ? null : yamlText(object);
  return {
    kind: kind.id,
    one: kind.one,
    row: cluster.rowOf(kind)(entry),
    columns: kind.columns,
    labels: { ...entry.links.labels },
    annotations: annotationsOf(object),
    conditions: [...conditionsOf(object)],
    containers: kind.id === 'pods' ? containerList(object) : [],
    keys: kind.id === 'secrets' || kind.id === 'configmaps' ? keysOf(object) : [],
    owners,
    owned: owned.items,
    ownedTotal: owned.total,
    related: related.items,
    relatedTotal: related.total,
    events: events?.rows ?? [],
    eventsTotal: events?.total ?? null,
    yaml: yaml === null ? null : yaml.slice(0, mostYaml),
    yamlCut: (whole === null && entry.kept.cut) || (yaml !== null && yaml.length > mostYaml),
    standing: watched?.standing(namespace === null ? [] : [namespace]) ?? {
      state: 'loading',
      held: 0,
    },
    gone,
    revision: watched?.held.revision ?? 0,
  };
}

/** Kinds that its page tells of. */
export function kindsAround(kind: ClusterKind, entry: Entry, cluster: LiveCluster): string[] {
  const owners = entry.links.owners.flatMap(
    ({ apiVersion, kind: name }) => cluster.kinds.idByKind(apiVersion, name) ?? [],
  );
  // What owns replica sets and jobs owns their pods.
  const above = owners.includes('replicasets.apps') ? ['deployments.apps'] : [];
  const beyond = owners.includes('jobs.batch') ? ['cronjobs.batch'] : [];
  const named = entry.links.refers.map((each) => each.kind);
  return [...new Set([...relatedKinds(kind.id), ...owners, ...above, ...beyond, ...named])];
}

const notes = part({ metadata: part({ annotations: texts }) });

function annotationsOf(object: unknown): Record<string, string> {
  return notes.parse(object).metadata.annotations;
}

const values = z.record(z.string(), z.unknown()).catch({});
const keyed = part({ data: values, binaryData: values });

function keysOf(object: unknown): ObjectPage['keys'] {
  const { data, binaryData } = keyed.parse(object);
  const sizeOf = (value: unknown) =>
    typeof value === 'number' ? value : Buffer.byteLength(String(value));
  return [
    ...Object.entries(data).map(([key, value]) => ({ key, bytes: sizeOf(value) })),
    ...Object.entries(binaryData).map(([key, value]) => ({ key, bytes: decodedSize(value) })),
  ].slice(0, 1_000);
}
