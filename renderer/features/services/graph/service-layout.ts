import type { ElkNode } from 'elkjs';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedNode extends Point {
  readonly id: string;
}

export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
}

export interface ServiceLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** Pixels; the style sheet of the graph says the same. */
export const nodeSize = { width: 184, height: 56 } as const;

interface Graph {
  readonly nodes: readonly { readonly id: string }[];
  /** `from` needs `to`. */
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/** What needs stands left of what it needs, in layers. */
export async function layoutServices({ nodes, edges }: Graph): Promise<ServiceLayout> {
  // Large, and wanted by this view alone.
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  const elk = new Elk();
  const laid = await elk.layout({
    id: 'services',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.spacing.nodeNode': '20',
      'elk.layered.spacing.nodeNodeBetweenLayers': '64',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.separateConnectedComponents': 'true',
      'elk.spacing.componentComponent': '28',
      'elk.aspectRatio': '1.6',
      'elk.padding': '[top=20,left=20,bottom=20,right=20]',
    },
    children: nodes.map(({ id }) => ({ id, ...nodeSize })),
    edges: edges.map(({ from, to }) => ({ id: `${from} ${to}`, sources: [from], targets: [to] })),
  });
  return read(laid);
}

function read({ width = 0, height = 0, children = [], edges = [] }: ElkNode): ServiceLayout {
  return {
    width,
    height,
    nodes: children.map(({ id, x = 0, y = 0 }) => ({ id, x, y })),
    edges: edges.map(({ sources, targets, sections = [] }) => ({
      from: sources[0] ?? '',
      to: targets[0] ?? '',
      points: sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
        startPoint,
        ...bendPoints,
        endPoint,
      ]),
    })),
  };
}
