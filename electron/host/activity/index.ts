export { Activities, type ActivityHandle } from './activities.ts';
