import type { Evidence } from './evidence.ts';

const read = new WeakMap<Evidence, ReadonlyMap<string, string>>();

/**
 * What `sysctl` of BSD or macOS says of a name: FreeBSD and macOS write `name: value`, OpenBSD
 * `name=value`, NetBSD `name = value`. The first of the names that has a value; null where none has.
 */
export function sysctl(evidence: Evidence, ...names: readonly string[]): string | null {
  const values = read.get(evidence) ?? readAll(evidence);
  read.set(evidence, values);
  for (const name of names) {
    const value = values.get(name);
    if (value) return value;
  }
  return null;
}

export function sysctlNumber(evidence: Evidence, ...names: readonly string[]): number | null {
  const value = sysctl(evidence, ...names);
  return value !== null && /^\d{1,16}$/.test(value) ? Number(value) : null;
}

function readAll(evidence: Evidence): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const label of ['sysctl', 'kenv']) {
    for (const line of evidence.part(label)?.text.split('\n') ?? []) {
      const [, name, told = ''] = /^([\w.-]{1,80})(?:: | ?= ?)(.{0,2000})/.exec(line) ?? [];
      const value = told.trim().replace(/^"(.*)"$/, '$1');
      if (name !== undefined && !values.has(name)) values.set(name, value);
    }
  }
  return values;
}
