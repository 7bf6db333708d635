export { createEngineLive, type EngineLive } from './live.ts';
