export { createPods, type Pods } from './pods.ts';
