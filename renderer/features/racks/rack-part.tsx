import { useApp } from '../../app/app-context.ts';
import { formatRoute } from '../../app/routes.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Section } from '../../ui/section.tsx';
import type { PagePartProps } from '../records/page/page-part-props.ts';
import { ElevationContext } from './elevation-context.ts';
import { RackPlace } from './rack-place.tsx';
import classes from './racks.module.css';
import { useShowTools } from './show-tools.ts';

const front = ['front'] as const;

/** On the page of a rack: how it looks from the front. */
export function RackPart({ record }: PagePartProps) {
  const { racks } = useApp();
  const state = useResource(racks.racks);
  const tools = useShowTools();
  const rack = state.status === 'ready' ? state.data.find(({ id }) => id === record.id) : undefined;
  // The rest of the page tells of what failed.
  if (rack === undefined) return null;
  const route = { screen: 'racks', view: 'elevations', thing: rack.id } as const;
  return (
    <Section title="Elevation">
      <ElevationContext value={tools}>
        <RackPlace rack={rack} faces={front} />
      </ElevationContext>
      <p className={classes.lead}>
        <a href={formatRoute(route)}>Move things among the racks</a>
      </p>
    </Section>
  );
}
