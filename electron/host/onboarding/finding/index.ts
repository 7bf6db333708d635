export { createFinding, type Finding } from './finding.ts';
