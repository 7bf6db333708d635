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
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { SearchHit } from '../../../shared/model/inventory.ts';
import { kindWords } from '../../features/devices/device-words.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { type Action, statusOf } from '../actions/registry.ts';
import { useApp } from '../app-context.ts';
import classes from './palette.module.css';
import { openSelectedRow, paletteQuery, paletteStore, selectFirstRow } from './palette-handle.ts';
import { matchActions, routeOfHit } from './palette-search.ts';

const hitIcons: Readonly<Record<SearchHit['kind'], Icon>> = {
  device: IconServer,
  service: IconWorld,
  vlan: IconNetwork,
  rack: IconBuilding,
  site: IconMapPin,
  address: IconHash,
};

interface Hits {
  readonly hits: readonly SearchHit[];
  /** The text that they answer. */
  readonly of: string;
  /** The inventory could not be asked; that is not the same as nothing found. */
  readonly failed: boolean;
}

const noHits = (of: string, failed = false): Hits => ({ hits: [], of, failed });

/** Things that match, read from the host while the person types. */
function useHits(query: string): Hits {
  const { inventory } = useApp();
  const [found, setFound] = useState<Hits>(() => noHits(''));
  useEffect(() => {
    const controller = new AbortController();
    if (query.trim() === '') setFound(noHits(query));
    else {
      inventory
        .search(query.trim(), controller.signal)
        .then((hits) => setFound({ hits, of: query, failed: false }))
        // One that was overtaken is no failure. Actions stay usable without a host.
        .catch(() => controller.signal.aborted || setFound(noHits(query, true)));
    }
    return () => controller.abort();
  }, [inventory, query]);
  return found;
}

/** The first row is selected whenever rows arrive. Enter waits for them: it means the first hit. */
function useFirstRow({ of }: Hits, query: string) {
  const wantsToOpen = useRef(false);
  useEffect(() => {
    if (query === '') {
      wantsToOpen.current = false;
      return;
    }
    selectFirstRow();
    if (!wantsToOpen.current || of !== query) return;
    wantsToOpen.current = false;
    openSelectedRow();
  }, [of, query]);

  return (event: KeyboardEvent) => {
    wantsToOpen.current = event.key === 'Enter' && of !== query;
    if (!wantsToOpen.current) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** Finds any thing and any action. */
export function Palette() {
  const { actions, layout, router } = useApp();
  const query = useStore(paletteQuery, ({ text }) => text);
  const found = useHits(query);
  const { hits } = found;
  const onKeyDown = useFirstRow(found, query);
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
      onQueryChange={(text) => paletteQuery.setState({ text })}
      shortcut={null}
      scrollable
      maxHeight="26rem"
      size="38rem"
      yOffset="12vh"
      // The field must be there with the next key.
      transitionProps={{ duration: 0 }}
      classNames={{
        content: classes.content,
        search: classes.search,
        actionsList: classes.list,
        actionsGroup: classes.group,
      }}
    >
      {/* Only a title names a dialog to a screen reader. */}
      <Modal.Title className="rh-hidden">Find anything</Modal.Title>
      <Spotlight.Search
        placeholder="Find a device, service, address, or an action"
        aria-label="Find a device, service, address, or an action"
        leftSection={<IconSearch aria-hidden className={classes.icon} />}
        onKeyDownCapture={onKeyDown}
        // What was typed before it had the focus stands in front of the cursor.
        onFocus={({ currentTarget: { value }, currentTarget }) =>
          currentTarget.setSelectionRange(value.length, value.length)
        }
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
        {found.failed && (
          <Spotlight.Empty>
            The inventory could not be searched: Rackhelm does not answer.
          </Spotlight.Empty>
        )}
        {!found.failed && hits.length + matching.length === 0 && (
          <Spotlight.Empty>
            Nothing is called that. Try a name, an address or a tag.
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function HitItem({ hit, onOpen }: { readonly hit: SearchHit; readonly onOpen: () => void }) {
  // A device is drawn as in every list.
  const IconShape =
    hit.kind === 'device' && hit.deviceKind !== null
      ? kindWords[hit.deviceKind].icon
      : hitIcons[hit.kind];
  return (
    <Spotlight.Action className={classes.item} onClick={onOpen}>
      <IconShape aria-hidden className={classes.icon} />
      <bdi className={hit.kind === 'address' ? `${classes.title} rh-mono` : classes.title}>
        {hit.title}
      </bdi>
      <bdi className={classes.subtitle}>{hit.subtitle}</bdi>
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
      <bdi className={classes.subtitle}>{detail}</bdi>
      {action.shortcut && <KeyHint keys={action.shortcut} />}
    </Spotlight.Action>
  );
}
