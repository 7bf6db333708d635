export { createOffBoarding, type OffBoarding } from './off-boarding.ts';
