import { formatSpan } from '../age.ts';
import { placeElsewhere, roomsOf, type VolumeTerms } from '../placing/place-elsewhere.ts';
import type { PlacedPod } from '../placing/placed-pod.ts';
import type { PlacingNode } from '../placing/placing-node.ts';
import { said } from '../status.ts';
import { type Budget, budgetsOf, neverGivesWay } from './budgets.ts';
import type { DrainFinding } from './finding.ts';
import type { DrainOptions } from './options.ts';
import { fateOf, type PodFate, type StopReason } from './sort-pods.ts';

/** What an eviction that was only tried came to. */
export type TriedEviction =
  | { readonly outcome: 'allowed' }
  /** `budget`: one forbids it now; `several`: more than one matches. */
  | { readonly outcome: 'budget' | 'several' | 'refused'; readonly says: string };

/** What is known of a cluster before a drain; null: it may not be read. */
export interface DrainSurvey {
  readonly node: PlacingNode;
  readonly nodes: readonly PlacingNode[];
  /** Of all nodes. */
  readonly pods: readonly PlacedPod[];
  readonly budgets: readonly Budget[] | null;
  /** `namespace/name`. */
  readonly daemonSets: ReadonlySet<string> | null;
  readonly volumeTerms: VolumeTerms | null;
}

export interface Preflight {
  readonly fates: readonly PodFate[];
  readonly findings: readonly DrainFinding[];
}

/** What would be done with each pod of the node. */
export function fatesOf({ node, pods, daemonSets }: DrainSurvey, options: DrainOptions): PodFate[] {
  const hasSet = (namespace: string, name: string) =>
    daemonSets === null || daemonSets.has(`${namespace}/${name}`);
  return pods.filter((pod) => pod.node === node.name).map((pod) => fateOf(pod, options, hasSet));
}

/** What a person should know before a drain. `tried`: by the uid of a pod. */
export function findingsOf(
  survey: DrainSurvey,
  options: DrainOptions,
  tried: ReadonlyMap<string, TriedEviction>,
): Preflight {
  const fates = fatesOf(survey, options);
  const leaving = fates.flatMap((fate) => (fate.does === 'evict' ? [fate.pod] : []));
  return {
    fates,
    findings: [
      ...nodeFindings(survey, leaving),
      ...fates.flatMap(lossFindings),
      ...leaving.flatMap((pod) => budgetFindings(pod, survey, tried.get(pod.uid))),
      ...placeFindings(survey, leaving),
      ...slowFindings(leaving, options),
      ...unknownFindings(survey),
    ],
  };
}

function nodeFindings({ node }: DrainSurvey, leaving: readonly PlacedPod[]): DrainFinding[] {
  if (node.ready === 'ready' || leaving.length === 0) return [];
  const says = `${said(node.name)} does not answer: its pods can be told to go, and nobody can confirm that they have ended.`;
  return [{ kind: 'node-down', weight: 'warning', pod: null, says }];
}

const stopWords: Readonly<Record<StopReason, (pod: PlacedPod) => string>> = {
  'daemon-set': ({ owner }) =>
    `belongs to the daemon set ${said(owner?.name ?? '')}, which would start it again here`,
  uncontrolled: ({ owner }) =>
    owner === null
      ? 'is gone for good: nothing makes it anew'
      : `is gone for good: its ${said(owner.kind)} ${said(owner.name)} is not there any more`,
  'local-data': ({ emptyDirs }) => {
    const names = emptyDirs.map(
      ({ name, inMemory }) => `${said(name)}${inMemory ? ' (in memory)' : ''}`,
    );
    return `loses what lies in ${names.slice(0, 5).join(', ')} on this node`;
  },
};

function lossFindings(fate: PodFate): DrainFinding[] {
  const { pod } = fate;
  const of = (weight: 'stop' | 'warning') => (why: StopReason) => ({
    ...{ kind: why, weight, pod: nameOf(pod) },
    says: `${shown(pod)} ${stopWords[why](pod)}.`,
  });
  if (fate.does === 'stop') return fate.why.map(of('stop'));
  return fate.does === 'evict' ? fate.loses.map(of('warning')) : [];
}

function budgetFindings(
  pod: PlacedPod,
  { budgets }: DrainSurvey,
  tried: TriedEviction | undefined,
): DrainFinding[] {
  const mine = budgets === null ? [] : budgetsOf(pod, budgets);
  const of = (kind: DrainFinding['kind'], weight: DrainFinding['weight'], says: string) => [
    { kind, weight, pod: nameOf(pod), says: `${shown(pod)} ${says}.` },
  ];
  const names = mine.map(({ name }) => said(name)).join(', ');
  if (mine.length > 1 || tried?.outcome === 'several') {
    const which = names === '' ? 'several budgets' : `several budgets (${names})`;
    return of('several-budgets', 'warning', `is of ${which}: the API never evicts such a pod`);
  }
  if (tried?.outcome === 'refused')
    return of('refused', 'warning', `cannot be evicted: ${tried.says}`);
  const [budget] = mine;
  if (budget === undefined) {
    return tried?.outcome === 'budget' ? of('budget', 'warning', `waits: ${tried.says}`) : [];
  }
  const blocked = tried === undefined ? budget.allows < 1 : tried.outcome === 'budget';
  if (!blocked) return [];
  const counts = `${budget.healthy} of its ${budget.pods} pods are well, and ${budget.wanted} have to be`;
  return neverGivesWay(budget)
    ? of(
        'budget',
        'warning',
        `cannot go as long as the budget ${names} stands: ${counts}, so that it never lets one go`,
      )
    : of('budget', 'warning', `waits for the budget ${names}: ${counts}`);
}

function placeFindings(survey: DrainSurvey, leaving: readonly PlacedPod[]): DrainFinding[] {
  const { node, nodes, pods, volumeTerms } = survey;
  const wantPlace = leaving.filter(({ owner, isFinished }) => owner !== null && !isFinished);
  const going = new Set(leaving.map(({ uid }) => uid));
  const rooms = roomsOf(nodes, pods, going).filter((room) => room.node.name !== node.name);
  const homeless = placeElsewhere(wantPlace, rooms, volumeTerms ?? (() => null));
  return homeless.map(({ pod, reasons }) => ({
    kind: 'does-not-fit',
    weight: 'warning',
    pod: nameOf(pod),
    says: `${shown(pod)} will not start elsewhere: ${reasonText(reasons)}.`,
  }));
}

const mostReasons = 4;

function reasonText(reasons: readonly { readonly node: string; readonly why: string }[]): string {
  if (reasons.length === 0) return 'there is no other node';
  const [first] = reasons;
  if (reasons.length > 1 && reasons.every(({ why }) => why === first?.why)) {
    return `of each of the ${reasons.length} other nodes, ${first?.why}`;
  }
  const told = reasons.slice(0, mostReasons).map(({ node, why }) => `${said(node)}: ${why}`);
  const more = reasons.length - told.length;
  return `${told.join('; ')}${more > 0 ? `; and ${more} more nodes` : ''}`;
}

function slowFindings(leaving: readonly PlacedPod[], options: DrainOptions): DrainFinding[] {
  if (options.graceSeconds !== null) return [];
  return leaving
    .filter(({ graceSeconds }) => graceSeconds > options.minutes * 60)
    .map((pod) => ({
      kind: 'slow-end',
      weight: 'warning',
      pod: nameOf(pod),
      says: `${shown(pod)} may take ${formatSpan(pod.graceSeconds * 1000)} to end, which is longer than this may take.`,
    }));
}

function unknownFindings({ budgets, volumeTerms, daemonSets }: DrainSurvey): DrainFinding[] {
  const lacking = [
    ...(budgets === null ? ['budgets'] : []),
    ...(volumeTerms === null ? ['volumes'] : []),
    ...(daemonSets === null ? ['daemon sets'] : []),
  ];
  if (lacking.length === 0) return [];
  const says = `This user may not read ${lacking.join(' and ')}: what they forbid is not known before.`;
  return [{ kind: 'not-known', weight: 'info', pod: null, says }];
}

function nameOf({ namespace, name }: PlacedPod) {
  return { namespace, name };
}

function shown({ namespace, name }: PlacedPod): string {
  return said(`${namespace}/${name}`);
}
