import type { ComponentType } from 'react';
import type { KindName } from '../../../../shared/model/kinds/index.ts';
import { AnnotationParts } from '../../annotations/annotation-parts.tsx';
import { ConnectedPart } from '../../cables/device-cables.tsx';
import { TypePart } from '../../device-types/type-part.tsx';
import { PrefixPart } from '../../networks/prefix-part.tsx';
import { RackPart } from '../../racks/rack-part.tsx';
import type { PagePartProps } from './page-part-props.ts';

/** A part that an area puts on the page of the things that it is about. */
interface PagePart {
  readonly id: string;
  /** On the pages of these kinds. */
  readonly kinds: readonly KindName[] | 'all';
  /** Above the tables of what refers to the thing, or below them. */
  readonly place: 'above' | 'below';
  readonly component: ComponentType<PagePartProps>;
  /** Shows these itself, so that their plain tables are left out: `cable-end.cable`. */
  readonly instead?: readonly string[];
}

/** In the order in which they stand on a page. */
const pageParts: readonly PagePart[] = [
  { id: 'elevation', kinds: ['rack'], place: 'above', component: RackPart },
  { id: 'addresses', kinds: ['prefix'], place: 'above', component: PrefixPart },
  {
    id: 'connected',
    kinds: ['interface', 'port'],
    place: 'above',
    component: ConnectedPart,
    instead: ['cable-end.interface', 'cable-end.port'],
  },
  { id: 'type-ports', kinds: ['device-type'], place: 'above', component: TypePart },
  { id: 'annotations', kinds: 'all', place: 'below', component: AnnotationParts },
];

export function partsOf(kind: KindName, place: PagePart['place']): readonly PagePart[] {
  return pageParts.filter(
    (part) => part.place === place && (part.kinds === 'all' || part.kinds.includes(kind)),
  );
}

/** Whether a part of that page shows this relation itself. */
export function isShownByPart(kind: KindName, relation: string): boolean {
  return [...partsOf(kind, 'above'), ...partsOf(kind, 'below')].some(({ instead }) =>
    instead?.includes(relation),
  );
}
