import { said } from '../status.ts';

/** What the scheduler says of nodes that it cannot take, as a person would. `$1` is what it names. */
const reasons: readonly (readonly [pattern: RegExp, words: (named: string) => string])[] = [
  [/^Insufficient (.+)$/, (named) => `with too little ${resourceWord(named)} left`],
  [/^Too many pods$/, () => 'with as many pods as allowed'],
  [/^node\(s\) were unschedulable$/, () => 'cordoned'],
  [/^node\(s\) had untolerated taint(?:\(s\))? \{(.*)\}$/, taintWords],
  [/^node\(s\) had taint \{(.*)\}, that the pod didn't tolerate$/, taintWords],
  [/^node\(s\) had untolerated taint\(?s?\)?$/, () => 'with a taint that it does not tolerate'],
  [
    /^node\(s\) didn't match Pod's node affinity\/selector$/,
    () => 'without the labels that it asks for',
  ],
  [/^node\(s\) didn't match node selector$/, () => 'without the labels that it asks for'],
  [/^node\(s\) didn't match pod affinity rules$/, () => 'without the pods that it wants beside it'],
  [
    /^node\(s\) didn't match pod affinity\/anti-affinity rules$/,
    () => 'with pods that it must not be with',
  ],
  [/^node\(s\) didn't match pod anti-affinity rules$/, () => 'with a pod that it must not be with'],
  [
    /^node\(s\) didn't satisfy existing pods anti-affinity rules$/,
    () => 'with a pod that keeps it away',
  ],
  [/^node\(s\) didn't have free ports for the requested pod ports$/, () => 'with its port taken'],
  [
    /^node\(s\) had volume node affinity conflict$/,
    () => 'without a way to its volume, which lies elsewhere',
  ],
  [
    /^node\(s\) didn't match PersistentVolume's node affinity$/,
    () => 'without a way to its volume, which lies elsewhere',
  ],
  [
    /^node\(s\) had no available volume zone$/,
    () => 'without a way to its volume, which lies elsewhere',
  ],
  [
    /^node\(s\) didn't find available persistent volumes to bind$/,
    () => 'without a volume that fits its claim',
  ],
  [/^node\(s\) did not have enough free storage$/, () => 'with too little storage left'],
  [/^node\(s\) exceed max volume count$/, () => 'with as many volumes as allowed'],
  [/^node\(s\) unavailable due to .*volume/, () => 'without a volume that nothing provides'],
  [
    /^node\(s\) didn't match pod topology spread constraints.*$/,
    () => 'with too many of its kind already',
  ],
  [/^node\(s\) didn't match the requested node name$/, () => 'with another name than it asks for'],
];

const whole: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/pod has unbound immediate PersistentVolumeClaims/, 'its volume claim has no volume yet'],
  [/persistentvolumeclaim "([^"]*)" not found/, 'its volume claim $1 does not exist'],
  [/persistentvolumeclaim "([^"]*)" is being deleted/, 'its volume claim $1 is being deleted'],
  [/no nodes available to schedule pods/, 'the cluster has no node that takes pods'],
];

function resourceWord(name: string): string {
  const words: Readonly<Record<string, string>> = {
    cpu: 'CPU',
    memory: 'memory',
    'ephemeral-storage': 'disk space',
    pods: 'room for pods',
  };
  return words[name] ?? said(name);
}

function taintWords(taint: string): string {
  const key = taint.split(':')[0]?.split('=')[0]?.trim() ?? '';
  const known: Readonly<Record<string, string>> = {
    'node.kubernetes.io/unreachable': 'that does not answer',
    'node.kubernetes.io/not-ready': 'not ready',
    'node.kubernetes.io/unschedulable': 'cordoned',
    'node.kubernetes.io/disk-pressure': 'with too little disk left',
    'node.kubernetes.io/memory-pressure': 'with too little memory left',
    'node.kubernetes.io/pid-pressure': 'with too many processes',
    'node.kubernetes.io/network-unavailable': 'without a pod network yet',
    'node-role.kubernetes.io/control-plane': 'kept for the control plane',
    'node-role.kubernetes.io/master': 'kept for the control plane',
  };
  return known[key] ?? `with the taint ${said(key)}, which it does not tolerate`;
}

/**
 * `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable. preemption: …` →
 * `no node of 3 takes it: 1 with too little CPU left, 2 cordoned`.
 */
export function schedulingText(message: string): string {
  const plain = whole.find(([pattern]) => pattern.test(message));
  const [, total, rest] = /^0\/(\d+) nodes are available: ([^\n]*)/.exec(message) ?? [];
  if (plain !== undefined) {
    const match = plain[0].exec(message);
    return plain[1].replace('$1', () => said(match?.[1] ?? ''));
  }
  if (total === undefined || rest === undefined) return said(message);
  const told = (rest.split(/\.(?: |$)/)[0] ?? '').split(/, (?=\d+ )/).map(reasonText);
  return `no node of ${total} takes it: ${told.join('; ')}`;
}

function reasonText(part: string): string {
  const [, count = '', reason = part] = /^(\d+) (.*)$/.exec(part) ?? [];
  for (const [pattern, words] of reasons) {
    const match = pattern.exec(reason);
    if (match !== null) return `${count} ${words(match[1] ?? '')}`;
  }
  return said(part);
}
