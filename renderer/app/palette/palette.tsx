import { Modal } from '@mantine/core';
import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import type { SearchHit } from '../../../shared/model/search.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { isolated } from '../../ui/isolate.ts';
import { type Action, statusOf } from '../actions/registry.ts';
import { deviceActions, rackActions } from '../actions/thing-actions.ts';
import { useAllActions } from '../actions/use-page-actions.ts';
import { useApp } from '../app-context.ts';
import classes from './palette.module.css';
import { paletteQuery, paletteStore } from './palette-handle.ts';
import { ActionEntry, HitItem, MoreItem } from './palette-rows.tsx';
import { isCalled, isNamed, matchActions, verbAndName } from './palette-search.ts';
import { type Hits, useFirstRow, useHits } from './use-hits.ts';

/** A screenful, and as many as the host gives at once. */
const shownAtFirst = 40;
const mostShown = 500;
/** Things that a verb may be meant for, where several are called alike. */
const meantAtMost = 5;

/** What can be done with a thing that was found; nothing for one without actions of its own. */
function useActionsOn(): (hit: SearchHit) => readonly Action[] {
  const { router, dialogs, inventory } = useApp();
  const racks = useResource(inventory.racks);
  return (hit) => {
    const needs = { router, dialogs };
    if (hit.kind === 'device') return deviceActions(needs, { id: hit.id, name: hit.title });
    const known = racks.status === 'ready' ? racks.data : [];
    const rack = hit.kind === 'rack' ? known.find(({ id }) => id === hit.id) : undefined;
    return rack === undefined ? [] : rackActions(needs, rack);
  };
}

/** Finds any thing and any action. */
export function Palette() {
  const query = useStore(paletteQuery, ({ text }) => text);
  return (
    <Spotlight.Root
      store={paletteStore}
      query={query}
      onQueryChange={(text) => paletteQuery.setState({ text, entered: false })}
      shortcut={null}
      scrollable
      maxHeight="min(26rem, 72vh)"
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
      <Content query={query} />
    </Spotlight.Root>
  );
}

function Content({ query }: { readonly query: string }) {
  // A new question begins with the first few again.
  const [wide, setWide] = useState<string | null>(null);
  const limit = wide === query ? mostShown : shownAtFirst;
  const found = useHits(query, limit);
  const asked = verbAndName(query);
  const meant = useHits(asked?.name ?? '', meantAtMost);
  const actionsOn = useActionsOn();
  const possible = useAllActions().filter(({ id }) => id !== 'find');
  const matching = matchActions(
    possible.filter((action) => statusOf(action).enabled),
    query,
  );
  const onNamed =
    asked === null ? [] : meant.hits.flatMap((hit) => matchActions(actionsOn(hit), asked.verb));
  // Both questions have their answers: what comes first is known.
  const answered = found.of === query && meant.of === (asked?.name ?? '');
  const onKeyDown = useFirstRow(answered, query);

  const called = matching.filter((action) => query !== '' && isCalled(action, query));
  // On the page of a thing its actions are there already.
  const shown = new Set(matching.map(({ id }) => id));
  return (
    <>
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
        <Actions label="Called so" actions={called} />
        <Actions label="With what you named" actions={onNamed.filter(({ id }) => !shown.has(id))} />
        <Found found={found} query={query} actionsOn={actionsOn} />
        {found.total > found.hits.length && (
          <MoreItem
            left={found.total - found.hits.length}
            onShow={limit < mostShown ? () => setWide(query) : undefined}
          />
        )}
        <Actions label="Actions" actions={matching.filter((each) => !called.includes(each))} />
        {found.failed && (
          <Spotlight.Empty>
            The inventory could not be searched: Rackhelm does not answer.
          </Spotlight.Empty>
        )}
        {!found.failed && found.hits.length + matching.length + onNamed.length === 0 && (
          <Spotlight.Empty>
            Nothing is called that. Try a name, an address or a tag.
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </>
  );
}

interface FoundProps {
  readonly found: Hits;
  readonly query: string;
  readonly actionsOn: (hit: SearchHit) => readonly Action[];
}

/** What was found. The thing of that very name stands alone, with what can be done with it. */
function Found({ found, query, actionsOn }: FoundProps) {
  const [first, ...others] = found.hits;
  if (first === undefined) return null;
  const list = (hits: readonly SearchHit[]): ReactNode =>
    hits.map((hit) => <HitItem key={`${hit.kind} ${hit.id}`} hit={hit} />);
  const actions = isNamed(first, query) || found.total === 1 ? actionsOn(first) : [];
  if (actions.length === 0) {
    return <Spotlight.ActionsGroup label="Inventory">{list(found.hits)}</Spotlight.ActionsGroup>;
  }
  return (
    <>
      <Spotlight.ActionsGroup label="Inventory">{list([first])}</Spotlight.ActionsGroup>
      <Actions label={`With ${isolated(first.title)}`} actions={actions} />
      {others.length > 0 && (
        <Spotlight.ActionsGroup label="Others">{list(others)}</Spotlight.ActionsGroup>
      )}
    </>
  );
}

interface ActionsProps {
  readonly label: string;
  readonly actions: readonly Action[];
}

function Actions({ label, actions }: ActionsProps) {
  if (actions.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={label}>
      {actions.map((action) => (
        <ActionEntry key={action.id} action={action} />
      ))}
    </Spotlight.ActionsGroup>
  );
}
