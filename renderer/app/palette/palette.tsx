import { Modal } from '@mantine/core';
import { Spotlight } from '@mantine/spotlight';
import {
  type Icon,
  IconBuilding,
  IconHash,
  IconMapPin,
  IconNetwork,
  IconSearch,
  IconServer,
  IconWorld,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { SearchHit } from '../../../shared/model/inventory.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { type Action, statusOf } from '../actions/registry.ts';
import { useApp } from '../app-context.ts';
import classes from './palette.module.css';
import { paletteStore } from './palette-handle.ts';
import { matchActions, routeOfHit } from './palette-search.ts';

const hitIcons: Readonly<Record<SearchHit['kind'], Icon>> = {
  device: IconServer,
  service: IconWorld,
  vlan: IconNetwork,
  rack: IconBuilding,
  site: IconMapPin,
  address: IconHash,
};

/** Things that match, read from the host while the person types. */
function useHits(query: string): readonly SearchHit[] {
  const { inventory } = useApp();
  const [hits, setHits] = useState<readonly SearchHit[]>([]);
  useEffect(() => {
    const text = query.trim();
    const controller = new AbortController();
    if (text === '') setHits([]);
    else {
      inventory
        .search(text, controller.signal)
        .then(setHits)
        // A search that was overtaken or has no host finds nothing; actions stay usable.
        .catch(() => controller.signal.aborted || setHits([]));
    }
    return () => controller.abort();
  }, [inventory, query]);
  return hits;
}

/** Finds any thing and any action. */
export function Palette() {
  const { actions, layout, router } = useApp();
  const [query, setQuery] = useState('');
  const hits = useHits(query);
  const possible = actions.all.filter((action) => action.id !== 'find' && statusOf(action).enabled);
  const matching = matchActions(possible, query);

  function open(hit: SearchHit): void {
    if (hit.kind === 'service' || hit.kind === 'vlan') {
      layout.inspect({ kind: hit.kind, id: hit.targetId });
    }
    router.go(routeOfHit(hit));
  }

  return (
    <Spotlight.Root
      store={paletteStore}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight="26rem"
      size="38rem"
      yOffset="12vh"
      classNames={{
        content: classes.content,
        search: classes.search,
        actionsGroup: classes.group,
      }}
    >
      {/* Only a title names a dialog to a screen reader. */}
      <Modal.Title className="rh-hidden">Find anything</Modal.Title>
      <Spotlight.Search
        placeholder="Find a device, service, address, or an action"
        aria-label="Find a device, service, address, or an action"
        leftSection={<IconSearch aria-hidden className={classes.icon} />}
      />
      <Spotlight.ActionsList>
        {hits.length > 0 && (
          <Spotlight.ActionsGroup label="Inventory">
            {hits.map((hit) => (
              <HitItem key={`${hit.kind} ${hit.id}`} hit={hit} onOpen={() => open(hit)} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {matching.length > 0 && (
          <Spotlight.ActionsGroup label="Actions">
            {matching.map((action) => (
              <ActionEntry key={action.id} action={action} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {hits.length + matching.length === 0 && (
          <Spotlight.Empty>
            Nothing is called that. Try a name, an address or a tag.
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function HitItem({ hit, onOpen }: { readonly hit: SearchHit; readonly onOpen: () => void }) {
  const IconShape = hitIcons[hit.kind];
  return (
    <Spotlight.Action className={classes.item} onClick={onOpen}>
      <IconShape aria-hidden className={classes.icon} />
      <span className={hit.kind === 'address' ? 'rh-mono' : undefined}>{hit.title}</span>
      <span className={classes.subtitle}>{hit.subtitle}</span>
    </Spotlight.Action>
  );
}

function ActionEntry({ action }: { readonly action: Action }) {
  const { actions } = useApp();
  const { detail } = statusOf(action);
  const IconShape = action.icon;
  return (
    <Spotlight.Action className={classes.item} onClick={() => actions.run(action.id)}>
      <IconShape aria-hidden className={classes.icon} />
      <span>{action.group === 'Go to' ? `Go to ${action.title.toLowerCase()}` : action.title}</span>
      <span className={classes.subtitle}>{detail}</span>
      {action.shortcut && <KeyHint keys={action.shortcut} />}
    </Spotlight.Action>
  );
}
