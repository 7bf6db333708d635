export { type Cabling, createCabling } from './cabling.ts';
