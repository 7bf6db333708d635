import type { PlacedPod } from '../placing/placed-pod.ts';
import { budgetsOf, neverGivesWay } from './budgets.ts';
import type { DrainFinding } from './finding.ts';
import type { DrainOptions } from './options.ts';
import type { DrainSurvey } from './preflight.ts';

/**
 * What a person decides about before a drain, one text each: which node, what was accepted, and each thing
 * that is lost, held back or without a place. Pods come and go on a busy node, and those of one owner are
 * alike: so each stands here by its owner, and only one that nothing makes anew by its own name. What goes
 * and comes back elsewhere without any of this is no decision, nor is how many of them there are.
 */
export function mattersOf(
  survey: Pick<DrainSurvey, 'node' | 'pods' | 'budgets'>,
  options: DrainOptions,
  findings: readonly DrainFinding[],
): ReadonlySet<string> {
  const pods = new Map(survey.pods.map((pod) => [`${pod.namespace}/${pod.name}`, pod]));
  const matters = findings
    .filter(({ weight }) => weight !== 'info')
    .map(({ kind, weight, pod: named }) => {
      const pod = named === null ? undefined : pods.get(`${named.namespace}/${named.name}`);
      const whose = pod === undefined ? '' : whoseOf(kind, pod);
      return `${kind} ${weight} ${whose} ${pod === undefined ? '' : detailOf(kind, pod, survey)}`;
    });
  return new Set([`node ${survey.node.uid}`, `accepted ${JSON.stringify(options)}`, ...matters]);
}

function whoseOf(kind: DrainFinding['kind'], { namespace, name, owner }: PlacedPod): string {
  const own = kind === 'uncontrolled' || owner === null;
  return own ? `${namespace}/${name}` : `${namespace}/${owner.kind} ${owner.name}`;
}

function detailOf(
  kind: DrainFinding['kind'],
  pod: PlacedPod,
  { budgets }: Pick<DrainSurvey, 'budgets'>,
): string {
  if (kind === 'local-data') return pod.emptyDirs.map(({ name }) => name).join(' ');
  if (kind !== 'budget' && kind !== 'several-budgets') return '';
  const mine = budgets === null ? [] : budgetsOf(pod, budgets);
  return mine.map((each) => `${each.name}${neverGivesWay(each) ? ' for ever' : ''}`).join(' ');
}

/** Whether nothing is to be decided about that was not shown; what was and is not any more is no reason to ask. */
export function isDecided(shown: ReadonlySet<string>, now: ReadonlySet<string>): boolean {
  return [...now].every((matter) => shown.has(matter));
}
