import type { ResourceType } from '../../../../shared/cluster/kube-object.ts';
import { KubeError } from './errors.ts';
import { typePath } from './paths.ts';
import { boundedBytes } from './read-answer.ts';
import type { ListOptions, ObjectReader, Page } from './types.ts';
import type { Wire } from './wire.ts';

const mostBytes = 128 * 1024 * 1024;
const pageMs = 60_000;
/** The first page shows how large they are. */
const firstPage = 100;
const mostOnPage = 1_000;
/** Parsing a page is not to be felt anywhere. */
const pageBytes = 800 * 1024;

/** Pages of a list, of a size that is parsed within some milliseconds. */
export async function* listPages<T>(
  { wire, reader }: { readonly wire: Wire; readonly reader: ObjectReader<T> },
  type: ResourceType,
  options: ListOptions,
): AsyncGenerator<Page<T>, void, void> {
  const { signal } = options;
  let limit = options.limit ?? firstPage;
  let next: string | null = null;
  do {
    const query = {
      labelSelector: options.labelSelector,
      fieldSelector: options.fieldSelector,
      limit,
      ...(next !== null && { continue: next }),
    };
    const path = typePath(type, options.namespace);
    const answer = await wire.open({ path, query, signal, headMs: pageMs });
    const bytes = await boundedBytes(answer, { maxBytes: mostBytes, timeoutMs: pageMs, signal });
    const size = bytes.length;
    const page = await reader.page(bytes);
    if (page === null) throw new KubeError('KUBE_ANSWER_ODD', noList(wire.where));
    yield page;
    next = page.continue;
    if (options.limit === undefined) limit = nextLimit(size, page.items.length);
  } while (next !== null);
}

const noList = (where: string) => `${where} answers with something that is no list.`;

function nextLimit(bytes: number, count: number): number {
  if (count === 0) return firstPage;
  const fitting = Math.floor(pageBytes / (bytes / count));
  return Math.max(10, Math.min(mostOnPage, fitting));
}
