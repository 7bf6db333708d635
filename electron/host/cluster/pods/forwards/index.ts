export { createForwards, type Forwards, type ForwardsNeeds } from './forwards.ts';
