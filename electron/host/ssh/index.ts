/**
 * The place where the SSH connections stood before the host had tiers: trials from outside this
 * repository name it. Nothing here imports it, and it goes once they name the new one.
 */
export * from '../connections/ssh/index.ts';
export { createSshPool } from '../connections/ssh/pool.ts';
