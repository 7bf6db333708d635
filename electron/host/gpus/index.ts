export { createGpus, type Gpus } from './gpus.ts';
