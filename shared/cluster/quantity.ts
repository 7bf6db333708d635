import { z } from 'zod';
import { formatBytes } from '../model/amounts.ts';

/** Quantities as Kubernetes writes them: `250m`, `1.5`, `64Mi`, `1e3`, `128974848`. */

const powers: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  Pi: 1024 ** 5,
  Ei: 1024 ** 6,
};

const written = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i))?$/;

/** In units of one: cores, bytes, pieces. Null where it is no quantity. */
export function parseQuantity(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.length > 60) return null;
  const match = written.exec(value.trim());
  if (match === null) return null;
  const [, digits = '', exponent = '', suffix = ''] = match;
  const read = Number(`${digits}${exponent}`) * (powers[suffix] ?? 1);
  return Number.isFinite(read) ? read : null;
}

/** Resources by name: `cpu`, `memory`, `pods`, `nvidia.com/gpu`. */
export const quantities = z
  .unknown()
  .optional()
  .transform((entries) => {
    const read: Record<string, number> = {};
    if (typeof entries !== 'object' || entries === null) return read;
    for (const [name, value] of Object.entries(entries).slice(0, 100)) {
      const amount = parseQuantity(value);
      if (amount !== null) read[name.slice(0, 300)] = amount;
    }
    return read;
  });

/** `250m`, `1.5 cores`. */
export function formatCores(cores: number): string {
  if (cores !== 0 && Math.abs(cores) < 1) return `${Math.round(cores * 1000)}m`;
  const rounded = Number(cores.toFixed(cores < 10 ? 2 : 1));
  return `${rounded.toLocaleString('en')} ${rounded === 1 ? 'core' : 'cores'}`;
}

/** How an amount of a resource is read, by what it is an amount of. */
export function formatResource(name: string, amount: number): string {
  if (name === 'cpu') return formatCores(amount);
  const isBytes = /^(memory|ephemeral-storage|storage|hugepages-.*)$/.test(name);
  return isBytes ? formatBytes(amount) : amount.toLocaleString('en');
}
