export { createStats, type Stats } from './stats.ts';
