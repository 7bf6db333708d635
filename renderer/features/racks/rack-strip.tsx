import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type Ref, useImperativeHandle, useRef } from 'react';
import type { RackRow } from '../../../shared/model/inventory.ts';
import { roomOf } from '../../../shared/topology/placement.ts';
import classes from './racks.module.css';
import type { RacksView } from './racks-view.ts';

export interface StripHandle {
  show(index: number): void;
}

interface RackStripProps {
  readonly racks: readonly RackRow[];
  readonly view: RacksView;
  readonly children: (rack: RackRow) => ReactNode;
  readonly ref?: Ref<StripHandle>;
}

/** rem of a 19-inch rack by size; a 10-inch one is narrower, as it is. */
const widths: Readonly<Record<RacksView['size'], number>> = { small: 12, medium: 18, large: 25 };
/** Scale, frame, lane and distance, in rem. */
const aroundFace = 2.75;
const aroundRack = 4.25;

/** Racks side by side, of which only those in view are there. */
export function RackStrip({ racks, view, children, ref }: RackStripProps) {
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    horizontal: true,
    count: racks.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => likelyWidth(racks[index], view),
    getItemKey: (index) => racks[index]?.id ?? index,
    overscan: 1,
  });
  useImperativeHandle(ref, () => ({
    show: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  }));
  const items = virtualizer.getVirtualItems();
  return (
    <section
      ref={scroller}
      className={classes.strip}
      aria-label="Racks"
      data-racks-strip
      data-size={view.size}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is focusable on purpose
      tabIndex={0}
    >
      <div className={classes.stripInner} style={{ width: virtualizer.getTotalSize() }}>
        <div className={classes.stripRow} style={{ marginInlineStart: items[0]?.start ?? 0 }}>
          {items.map(({ index, key }) => {
            const rack = racks[index];
            return (
              rack && (
                <div
                  key={key}
                  ref={virtualizer.measureElement}
                  data-index={index}
                  className={classes.stripItem}
                >
                  {children(rack)}
                </div>
              )
            );
          })}
        </div>
      </div>
    </section>
  );
}

function likelyWidth(rack: RackRow | undefined, { faces, size }: RacksView): number {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const bay = (widths[size] * roomOf({ width: rack?.width ?? null })) / 6;
  const count = faces === 'both' ? 2 : 1;
  return (count * (bay + aroundFace) + aroundRack) * rem;
}
