import { type Condition, conditionOf, conditionsOf } from '../condition.ts';
import { type ClusterKind, noLinks, type ReadContext } from '../kind.ts';
import { leavingStatus } from '../leaving.ts';
import { type ClusterStatus, said, spelled, statusOf } from '../status.ts';
import { part, text } from '../tolerant.ts';
import type { CustomType } from './custom-type.ts';
import { readColumn } from './printer-columns.ts';

/** As kubectl names it. */
export function kindId({ group, resource }: Pick<CustomType, 'group' | 'resource'>): string {
  return group === '' ? resource : `${resource}.${group}`;
}

/** A kind that only the cluster knows, by its discovery and its printer columns. */
export function customKind(type: CustomType): ClusterKind {
  const columns = type.columns.slice(0, 20).map(readColumn);
  const words = spelled(type.kind);
  return {
    id: kindId(type),
    group: type.group,
    resource: type.resource,
    kind: type.kind,
    title: `${type.kind} (${type.group || 'core'})`,
    one: words,
    namespaced: type.namespaced,
    columns: columns.map(({ column }) => column),
    custom: type,
    read: (object, context) => ({
      status: customStatus(object, context),
      cells: Object.fromEntries(columns.map(({ column, cellOf }) => [column.id, cellOf(object)])),
      links: noLinks,
      unsettled: context.metadata.deletionTimestamp !== null,
    }),
  };
}

const phaseSchema = part({ status: part({ phase: text, state: text }) });

/** Conditions that controllers use to say that all is well, in the order in which they count. */
const goodWhenTrue = [
  'Ready',
  'Available',
  'Healthy',
  'Synced',
  'Established',
  'Accepted',
  'Programmed',
];

const endedPhases = /^(succeeded|completed?|done|finished)$/i;
const badPhases = /^(failed|error|degraded|unhealthy|lost|invalid)$/i;
const busyPhases = /^(pending|creating|provisioning|progressing|starting|waiting|inprogress|new)$/i;

function customStatus(object: unknown, context: ReadContext): ClusterStatus {
  const leaving = leavingStatus(context);
  if (leaving !== null) return leaving;
  const all = conditionsOf(object);
  for (const type of goodWhenTrue) {
    const condition = conditionOf(all, type);
    if (condition !== undefined) return conditionStatus(condition);
  }
  const { phase, state } = phaseSchema.parse(object).status;
  const told = phase || state;
  if (told === '') return statusOf('well', 'There');
  if (endedPhases.test(told)) return statusOf('ended', said(told));
  if (badPhases.test(told)) return statusOf('bad', said(told));
  return statusOf(busyPhases.test(told) ? 'busy' : 'well', said(told));
}

function conditionStatus({
  type,
  status,
  reason,
  message,
  lastTransitionTime,
}: Condition): ClusterStatus {
  if (status === 'True') return statusOf('well', type, null, lastTransitionTime);
  const why = [spelled(reason), said(message)].filter((each) => each !== '').join(': ') || null;
  const level = status === 'False' ? 'warn' : 'unknown';
  return statusOf(
    level,
    status === 'False' ? `Not ${type.toLowerCase()}` : `${type}: unknown`,
    why,
    lastTransitionTime,
  );
}
