import { createHash } from 'node:crypto';
import type { ActionDone, FieldConflict } from '../../../../shared/cluster/actions/preview.ts';
import { clusterKind } from '../../../../shared/cluster/kinds/index.ts';
import type { ResourceType } from '../../../../shared/cluster/kube-object.ts';
import { said } from '../../../../shared/cluster/status.ts';
import { yamlText } from '../../../../shared/cluster/yaml-text.ts';
import type { PlanItem } from '../../../../shared/jobs/plan.ts';
import type { KubeClient } from '../../connections/kubernetes/index.ts';

export interface Acting {
  readonly client: KubeClient;
  /** How the cluster is called. */
  readonly where: string;
  /** By `deployments.apps`. Throws NOT_FOUND. */
  readonly typeOf: (kind: string) => Promise<ResourceType>;
  readonly signal: AbortSignal;
  /** Titles of jobs on nodes of this cluster. */
  readonly underWay: () => readonly string[];
}

/** An action that was looked at and tried, and not done yet. */
export interface Looked {
  readonly title: string;
  readonly items: readonly PlanItem[];
  readonly conflicts?: readonly FieldConflict[];
  readonly undo: string | null;
  /** What a person decides about; where it is another thing by now, nothing is done. */
  readonly seen: unknown;
  /** Throws KUBE_CONFLICT where it changed at that moment. */
  readonly act: () => Promise<ActionDone>;
}

export function named(
  namespace: string | null,
  name: string,
): { name: string; namespace?: string } {
  return { name, ...(namespace !== null && { namespace }) };
}

/** Of what was seen, for `hash`. */
export function hashOf({ title, seen }: Pick<Looked, 'title' | 'seen'>): string {
  return createHash('sha256')
    .update(JSON.stringify([title, seen]))
    .digest('hex')
    .slice(0, 32);
}

interface Updated {
  readonly where: string;
  readonly what: string;
  readonly before: unknown;
  readonly after: unknown;
}

const mostText = 65_000;

/** A change of an object, as YAML before and after. */
export function updateItem({ where, what, before, after }: Updated): PlanItem {
  const text = (value: unknown) => yamlText(value).slice(0, mostText);
  return {
    ...{ kind: 'object', where: where.slice(0, 255), action: 'update', name: what.slice(0, 500) },
    ...{ before: text(before), after: text(after) },
  };
}

export function noteItem(text: string, weight: 'info' | 'warning' = 'info'): PlanItem {
  return { kind: 'note', weight, text: text.slice(0, 1_000) };
}

/** What takes a node away for a while would be crossed by what is done to nodes meanwhile. */
export function underWayNotes({ underWay }: Acting): PlanItem[] {
  return underWay().map((title) =>
    noteItem(`"${said(title)}" is under way in this cluster, and may rest on it.`, 'warning'),
  );
}

/** `deployment shop/web`. */
export function shown(kind: string, namespace: string | null, name: string): string {
  const one = clusterKind(kind)?.one ?? kind;
  return said(`${one} ${namespace === null ? '' : `${namespace}/`}${name}`);
}

/** A plain part of an object that may be of any shape. */
export function partOf(object: unknown, ...path: readonly string[]): unknown {
  let at: unknown = object;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[key]; // an object of JSON
  }
  return at;
}
