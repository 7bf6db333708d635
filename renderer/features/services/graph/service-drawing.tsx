import type { ServiceNode } from '../../../../shared/contract/services.ts';
import { useApp } from '../../../app/app-context.ts';
import { isolated } from '../../../ui/isolate.ts';
import classes from './service-graph.module.css';
import type { LaidGraph } from './service-graph-store.ts';
import type { PlacedEdge, Point } from './service-layout.ts';

interface ServiceDrawingProps {
  readonly laid: LaidGraph;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}

/** Boxes that are told one by one to a screen reader, and lines that only eyes need. */
export function ServiceDrawing({
  laid: { graph, layout },
  selected,
  onSelect,
}: ServiceDrawingProps) {
  const { router } = useApp();
  const places = new Map(layout.nodes.map((placed) => [placed.id, placed]));
  const names = new Map(graph.nodes.map(({ id, name }) => [id, name]));
  const needs = (id: string) =>
    graph.edges.flatMap(({ from, to }) => (from === id ? (names.get(to) ?? []) : []));
  const touching = new Set(
    graph.edges.flatMap(({ from, to }) => (from === selected || to === selected ? [from, to] : [])),
  );
  return (
    // Scrolls, so it must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is focusable on purpose
    <section className={classes.scroll} tabIndex={0} aria-label="Graph of the services">
      <div className={classes.canvas} style={{ width: layout.width, height: layout.height }}>
        <Lines layout={layout} selected={selected} />
        <ul className={classes.nodes}>
          {graph.nodes.map((node) => (
            <li
              key={node.id}
              className={classes.place}
              style={{ left: places.get(node.id)?.x ?? 0, top: places.get(node.id)?.y ?? 0 }}
            >
              <button
                type="button"
                className={classes.node}
                aria-pressed={node.id === selected}
                data-far={
                  (selected !== null && node.id !== selected && !touching.has(node.id)) || undefined
                }
                onClick={() => onSelect(node.id)}
                onDoubleClick={() => router.go({ screen: 'thing', kind: 'service', id: node.id })}
              >
                <span className={classes.name}>
                  <bdi>{node.name}</bdi>
                </span>
                <span className={classes.where} data-gone={isGone(node) || undefined}>
                  <bdi>{whereText(node)}</bdi>
                </span>
                <span className="rh-hidden">{told(node, needs(node.id))}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

const isGone = ({ devices }: ServiceNode) =>
  devices.length > 0 && devices.every(({ status }) => status === 'retired' || status === 'offline');

function whereText(node: ServiceNode): string {
  const { devices, cluster } = node;
  if (devices.length === 0) return cluster ?? 'runs nowhere';
  const [first] = devices;
  const more = devices.length - 1;
  const where = `${first?.name ?? ''}${more > 0 ? ` +${more}` : ''}`;
  return isGone(node) ? `${where}, not running` : where;
}

/** What only the lines say. */
function told({ kind }: ServiceNode, needs: readonly string[]): string {
  const needed = needs.length === 0 ? 'needs nothing' : `needs ${needs.map(isolated).join(', ')}`;
  return `, ${isolated(kind)}, ${needed}`;
}

interface LinesProps {
  readonly layout: LaidGraph['layout'];
  readonly selected: string | null;
}

function Lines({ layout, selected }: LinesProps) {
  const stateOf = ({ from, to }: PlacedEdge) => {
    if (selected === null) return undefined;
    return from === selected ? 'needs' : to === selected ? 'needed' : 'far';
  };
  return (
    <svg className={classes.lines} width={layout.width} height={layout.height} aria-hidden>
      <defs>
        <marker
          id="rh-needs"
          viewBox="0 0 8 8"
          refX="8"
          refY="4"
          markerWidth="8"
          markerHeight="8"
          orient="auto"
        >
          <path d="M0 0 L8 4 L0 8 z" className={classes.tip} />
        </marker>
      </defs>
      {layout.edges.map((edge) => (
        <path
          key={`${edge.from} ${edge.to}`}
          d={pathOf(edge.points)}
          className={classes.line}
          data-state={stateOf(edge)}
          markerEnd="url(#rh-needs)"
        />
      ))}
    </svg>
  );
}

const pathOf = (points: readonly Point[]): string =>
  points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join(' ');
