export { Activities, type ActivityHandle, withoutSeen } from './activities.ts';
