import { engines } from './engines.ts';
import { live } from './live.ts';

/** Container engines and what runs in them. */
export const containers = { engines, live };
