import type { CheckFix } from '../../../../shared/checks/check.ts';

type Params = Record<string, unknown>;
type PhaseFix = Extract<CheckFix, { kind: 'phase' }>;

/**
 * Several fixes by one phase as one: lists are joined, records too, of anything else the last one counts.
 * So a machine is gone through once for all packages or settings that its checks ask for.
 */
export function mergeFixes(fixes: readonly PhaseFix[]): ReadonlyMap<string, Params> {
  const merged = new Map<string, Params>();
  for (const { phase, params } of fixes) {
    merged.set(phase, joined(merged.get(phase) ?? {}, params));
  }
  return merged;
}

function joined(a: Params, b: Params): Params {
  const result: Params = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const before = Object.hasOwn(a, key) ? a[key] : undefined;
    if (Array.isArray(before) && Array.isArray(value)) {
      result[key] = [...new Set<unknown>([...before, ...value])];
    } else if (isRecord(before) && isRecord(value)) result[key] = { ...before, ...value };
    else result[key] = value;
  }
  return result;
}

function isRecord(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
