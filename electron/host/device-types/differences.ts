import type { TypeDifference } from '../../../shared/contract/device-types.ts';
import type { Kind } from '../../../shared/model/kinds/index.ts';
import type { Values } from '../../../shared/model/kinds/schema.ts';
import { formatTyped } from '../../../shared/model/kinds/typed.ts';
import { changedOnly, portKey, templateKind, typeKind } from './stored-type.ts';
import type { TypeDraft } from './type-draft.ts';

/** What would be otherwise if the second took the place of the first, in words. */
export function differencesOf(before: TypeDraft, after: TypeDraft): TypeDifference[] {
  const fields = fieldDifferences(typeKind, before.values, after.values);
  const known = new Map(before.ports.map((port) => [portKey(port), port]));
  const ports = after.ports.flatMap((port): TypeDifference[] => {
    const was = known.get(portKey(port));
    known.delete(portKey(port));
    if (was === undefined) return [{ what: titleOfPort(port), before: null, after: textOf(port) }];
    // The order follows from the others and says nothing by itself.
    return fieldDifferences(templateKind, was, port, ['ordinal']).map((one) => ({
      ...one,
      what: `${titleOfPort(port)}, ${one.what.toLowerCase()}`,
    }));
  });
  const gone = [...known.values()].map((port) => ({
    what: titleOfPort(port),
    before: textOf(port),
    after: null,
  }));
  return [...fields, ...ports, ...gone];
}

function fieldDifferences(
  kind: Kind,
  before: Values,
  after: Values,
  except: readonly string[] = [],
): TypeDifference[] {
  return Object.keys(changedOnly(before, after)).flatMap((name) => {
    const field = kind.fields[name];
    if (field === undefined || except.includes(name)) return [];
    const text = (values: Values) => formatTyped(field, values[name] ?? null) || null;
    return [{ what: field.label, before: text(before), after: text(after) }];
  });
}

/** `Front port F1`. */
function titleOfPort({ role, name }: Values): string {
  const words = String(role).replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${name}`;
}

const textOf = ({ type }: Values): string => String(type ?? 'there');
