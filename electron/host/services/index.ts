export { serviceGraph } from './service-graph.ts';
