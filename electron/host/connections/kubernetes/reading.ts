import type { KubeObject } from '../../../../shared/cluster/kube-object.ts';
import { objectOrNull, parseList } from './objects.ts';
import type { ObjectReader, Page, ReadLine } from './types.ts';

type Make<T> = (object: KubeObject) => T | null;

/** The answer to a list, made of what `make` keeps of each; null where it is no list. */
export function readPage<T>(answer: Uint8Array, make: Make<T>): Page<T> | null {
  const list = parseList(parsed(new TextDecoder().decode(answer)));
  if (list === null) return null;
  return { ...list, items: list.items.map(make).filter((item) => item !== null) };
}

/** One line of a watch; null where it is no event. */
export function readLine<T>(line: string, make: Make<T>): ReadLine<T> | null {
  const value = parsed(line);
  const { type, object } = typeof value === 'object' && value !== null ? (value as Raw) : {};
  if (type === 'ERROR') return { type, status: JSON.stringify(object) };
  const told = objectOrNull(object);
  if (told === null) return null;
  const { resourceVersion } = told.metadata;
  if (type === 'BOOKMARK') return { type, resourceVersion };
  if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED')
    return { type, object: make(told), resourceVersion };
  return null;
}

/** Objects as they are, read at once: where there are few. */
export const plainReader: ObjectReader<KubeObject> = {
  page: async (answer) => readPage(answer, (object) => object),
  line: async (line) => readLine(line, (object) => object),
};

interface Raw {
  readonly type?: unknown;
  readonly object?: unknown;
}

/** Undefined where it is no JSON, which never says that. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
