export { createPower, type Power } from './power.ts';
