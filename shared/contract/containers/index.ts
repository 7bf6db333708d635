import { container } from './container.ts';
import { engines } from './engines.ts';
import { images } from './images.ts';
import { live } from './live.ts';

/** Container engines and what runs in them. */
export const containers = { container, engines, images, live };
