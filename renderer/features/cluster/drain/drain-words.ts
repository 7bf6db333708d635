import type { DrainPreview } from '../../../../shared/cluster/drain/drain-preview.ts';
import type { DrainFinding } from '../../../../shared/cluster/drain/finding.ts';
import { formatCount } from '../../../ui/formatting.ts';

type Kind = DrainFinding['kind'];

/** What findings of a kind are about, as the heading above them. */
export const findingTitles: Readonly<Record<Kind, string>> = {
  quorum: 'Control plane',
  'other-work': 'Other work in this cluster',
  'daemon-set': 'Pods of daemon sets',
  uncontrolled: 'Pods that nothing makes anew',
  'local-data': 'Local data that is lost',
  budget: 'Budgets that hold pods back',
  'several-budgets': 'Pods of several budgets',
  refused: 'Pods that may not be evicted',
  'does-not-fit': 'What does not fit elsewhere',
  'slow-end': 'Pods that take long to end',
  'node-down': 'The node',
  'not-known': 'What is not known',
};

/** What a person can do where a finding of this kind stops it. */
export const stopHints: Partial<Readonly<Record<Kind, string>>> = {
  'local-data': 'Say above that local data may be lost, or save it first.',
  uncontrolled: 'Say above that such pods may go for good, or move them first.',
  quorum: 'Bring the other servers back first.',
  'other-work': 'Wait until it has ended.',
};

export interface FindingGroup {
  readonly kind: Kind;
  readonly findings: readonly DrainFinding[];
}

/** By what they are about, in the order in which they came. */
export function groupFindings(findings: readonly DrainFinding[]): FindingGroup[] {
  const groups = new Map<Kind, DrainFinding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.kind);
    if (group === undefined) groups.set(finding.kind, [finding]);
    else group.push(finding);
  }
  return [...groups].map(([kind, all]) => ({ kind, findings: all }));
}

/** `It is cordoned, 12 pods are evicted, and 3 stay.` */
export function drainSummary(preview: DrainPreview): string {
  const { cordoned, evicted, skipped, stopped } = preview;
  if (stopped) return 'It cannot begin: see what stops it.';
  const first = cordoned ? 'It is cordoned already' : 'It is cordoned';
  const going =
    evicted === 0
      ? 'no pod has to go'
      : `${formatCount(evicted, 'pod')} ${evicted === 1 ? 'goes' : 'go'}`;
  const stay =
    skipped === 0 ? '' : `; ${formatCount(skipped, 'pod')} of daemon sets and the like stay`;
  return `${first}, and ${going}${stay}.`;
}
