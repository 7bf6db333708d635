import { mostDrawn, type ServiceNode } from '../../../shared/contract/services.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Database } from '../db/index.ts';

export interface ServiceGraph {
  readonly nodes: ServiceNode[];
  readonly edges: { from: string; to: string }[];
  readonly more: number;
}

/**
 * All services, or those around one, the nearest first; at most as many as can be drawn. Throws
 * NOT_FOUND where that service is gone.
 */
export function serviceGraph(
  { tables }: Pick<Database, 'tables'>,
  { around, steps }: { readonly around: string | null; readonly steps: number },
): ServiceGraph {
  const { serviceGraph: graph } = tables;
  const found = around === null ? graph.ids(mostDrawn + 1) : reached(graph, around, steps);
  const chosen = found.slice(0, mostDrawn);
  const nodes = graph.nodes(chosen);
  if (nodes.length === 0 && around !== null) {
    throw new RackhelmError('NOT_FOUND', 'This service does not exist.', { data: { id: around } });
  }
  const whole = around === null ? graph.count() : found.length;
  return { nodes, edges: graph.edges(chosen), more: whole - nodes.length };
}

/** Breadth first, so that what is left out is what is farthest away. */
function reached(
  graph: Database['tables']['serviceGraph'],
  around: string,
  steps: number,
): string[] {
  const seen = new Set([around]);
  let edge = [around];
  for (let step = 0; step < steps && edge.length > 0 && seen.size <= mostDrawn; step += 1) {
    const next = edge.flatMap((id) => graph.neighbours(id)).filter((id) => !seen.has(id));
    edge = [...new Set(next)];
    for (const id of edge) seen.add(id);
  }
  return [...seen];
}
