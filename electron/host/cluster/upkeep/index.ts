export { createUpkeep, type Upkeep } from './upkeep.ts';
export type { UpkeepNeeds } from './upkeep-needs.ts';
