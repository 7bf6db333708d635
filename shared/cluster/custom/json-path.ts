/**
 * The part of JSONPath that printer columns use: `.spec.host`, `.status.conditions[?(@.type=="Ready")].status`,
 * `.spec.ports[0].name`, `.spec.hosts[*]`, `.metadata.labels['a/b']`. Anything else finds nothing.
 */

type Step =
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'index'; readonly index: number }
  | { readonly type: 'all' }
  | { readonly type: 'where'; readonly path: readonly string[]; readonly value: string };

const step =
  /\.([\w-]+(?:\\\.[\w-]+)*)|\[(-?\d{1,6})\]|\[(\*)\]|\.(\*)|\[["']([^"']*)["']\]|\[\?\(@\.([\w.-]+)\s*==\s*["']([^"']*)["']\)\]/y;

/** Null: a path that we do not read. */
export function parsePath(path: string): readonly Step[] | null {
  if (path.length > 500) return null;
  const steps: Step[] = [];
  step.lastIndex = 0;
  const whole = path.startsWith('{') && path.endsWith('}') ? path.slice(1, -1) : path;
  const text = whole.replace(/^\$/, '');
  while (step.lastIndex < text.length) {
    const match = step.exec(text);
    if (match === null) return null;
    const [, name, index, all, dotAll, quoted, where, value] = match;
    if (name !== undefined) steps.push({ type: 'name', name: name.replaceAll('\\.', '.') });
    else if (index !== undefined) steps.push({ type: 'index', index: Number(index) });
    else if (all !== undefined || dotAll !== undefined) steps.push({ type: 'all' });
    else if (quoted !== undefined) steps.push({ type: 'name', name: quoted });
    else if (where !== undefined && value !== undefined) {
      steps.push({ type: 'where', path: where.split('.'), value });
    }
  }
  return steps;
}

const mostFound = 20;

/** What lies there, in an object from elsewhere; the first ones of many. */
export function valuesAt(object: unknown, steps: readonly Step[]): readonly unknown[] {
  let found: unknown[] = [object];
  for (const each of steps)
    found = found.flatMap((value) => follow(value, each)).slice(0, mostFound);
  return found;
}

function follow(value: unknown, each: Step): unknown[] {
  switch (each.type) {
    case 'name':
      return own(value, each.name);
    case 'index':
      return Array.isArray(value) ? value.slice(each.index).slice(0, 1) : [];
    case 'all':
      if (Array.isArray(value)) return value.slice(0, mostFound);
      return typeof value === 'object' && value !== null ? Object.values(value) : [];
    case 'where': {
      const items = Array.isArray(value) ? value.slice(0, 500) : [];
      return items.filter((item) => {
        const [inner] = each.path.reduce<unknown[]>(
          (at, name) => at.flatMap((one) => own(one, name)),
          [item],
        );
        return String(inner) === each.value;
      });
    }
  }
}

function own(value: unknown, name: string): unknown[] {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
  return [(value as Readonly<Record<string, unknown>>)[name]]; // it has it, as was just asked
}
