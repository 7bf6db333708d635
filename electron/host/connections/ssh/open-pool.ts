import type { SshPool, SshPoolOptions } from './types.ts';

/**
 * A pool of connections. The SSH library comes with the first one: it takes a while to load, and much
 * that never connects stands on this folder.
 */
export async function openSshPool(options: SshPoolOptions): Promise<SshPool> {
  const { createSshPool } = await import('./pool.ts');
  return createSshPool(options);
}
