export { createEngineLive, type EngineLive } from './live.ts';
export { readLook } from './look-at.ts';
