export { type Containers, createContainers } from './containers.ts';
