import { expect, it } from 'vitest';
import { schedulingText } from './scheduling-words.ts';

it.each([
  [
    '0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
    'no node of 3 takes it: 1 with too little CPU left; 2 cordoned',
  ],
  [
    '0/2 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 1 node(s) had untolerated taint {gpu: yes}.',
    'no node of 2 takes it: 1 kept for the control plane; 1 with the taint gpu, which it does not tolerate',
  ],
  [
    '0/1 nodes are available: 1 node(s) had volume node affinity conflict.',
    'no node of 1 takes it: 1 without a way to its volume, which lies elsewhere',
  ],
  [
    "0/4 nodes are available: 1 node(s) had taint {node.kubernetes.io/unreachable: }, that the pod didn't tolerate, 3 node(s) didn't match Pod's node affinity/selector.",
    'no node of 4 takes it: 1 that does not answer; 3 without the labels that it asks for',
  ],
  [
    '0/3 nodes are available: 3 Insufficient nvidia.com/gpu, 3 node(s) had untolerated taint(s).',
    'no node of 3 takes it: 3 with too little nvidia.com/gpu left; 3 with a taint that it does not tolerate',
  ],
  [
    '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found.',
    'its volume claim has no volume yet',
  ],
  ['persistentvolumeclaim "data" not found', 'its volume claim data does not exist'],
  [
    'something that nobody has heard of\u001b[31m',
    'something that nobody has heard of<U+001B>[31m',
  ],
])('says in words: %s', (message, words) => {
  expect(schedulingText(message)).toBe(words);
});
