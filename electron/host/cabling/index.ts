export { type Cabling, createCabling } from './cabling.ts';
export { plugIn } from './connect.ts';
