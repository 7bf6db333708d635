export { createEngines, type Engines, type EnginesNeeds } from './engines.ts';
