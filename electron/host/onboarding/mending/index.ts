export { createMending, type Mending } from './mending.ts';
