export { createOffBoarding, type OffBoarding } from './off-boarding.ts';
export { plannedRetirement, type Retirement, retireDevice } from './retirement.ts';
