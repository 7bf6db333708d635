import { Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { HistoryFilter } from '../../../shared/model/history.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { FilterMenu } from '../../ui/filter-menu.tsx';
import { isolated } from '../../ui/isolate.ts';
import { Toolbar } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import classes from './history.module.css';
import { formatHistoryFilter, noHistoryFilter } from './history-filter.ts';
import { sourceWords } from './history-words.ts';

interface FilterBarProps {
  readonly filter: HistoryFilter;
  readonly onChange: (filter: HistoryFilter) => void;
}

const sources = Object.entries(sourceWords).map(([value, { label, icon }]) => ({
  value,
  label,
  icon,
}));

/** Narrows the history to a thing, a person, a way, or words. */
export function HistoryFilterBar({ filter, onChange }: FilterBarProps) {
  const { history } = useApp();
  const people = useResource(history.people);
  const names = people.status === 'ready' ? people.data : [];
  return (
    <Toolbar label="Filter the history">
      <SearchField
        what="the history"
        value={filter.text}
        onChange={(text) => onChange({ ...filter, text })}
      />
      {filter.thing === null ? (
        <ThingPicker onPick={(thing) => onChange({ ...filter, thing })} />
      ) : (
        <ThingChip id={filter.thing} onClear={() => onChange({ ...filter, thing: null })} />
      )}
      <FilterMenu
        label="Person"
        single
        options={names.map((who) => ({ value: who, label: who }))}
        chosen={filter.who === null ? [] : [filter.who]}
        onChange={([who = null]) => onChange({ ...filter, who })}
      />
      <FilterMenu
        label="Way"
        single
        options={sources}
        chosen={filter.source === null ? [] : [filter.source]}
        // the options are the model's sources
        onChange={([source = null]) =>
          onChange({ ...filter, source: source as HistoryFilter['source'] })
        }
      />
      {formatHistoryFilter(filter) !== '' && (
        <Button tone="quiet" onClick={() => onChange(noHistoryFilter)}>
          Clear
        </Button>
      )}
    </Toolbar>
  );
}

function ThingChip({ id, onClear }: { readonly id: string; readonly onClear: () => void }) {
  const state = useResource(useApp().history.thing(id));
  const thing = state.status === 'ready' ? state.data : null;
  const name = thing?.name ?? (state.status === 'loading' ? '…' : 'something unknown');
  const gone = thing !== null && !thing.there ? ', deleted' : '';
  return (
    <span className={classes.chip}>
      <span className={classes.chipText} title={name}>
        Of <bdi>{name}</bdi>
        {gone}
      </span>
      <IconButton label={`Show more than ${isolated(name)}`} icon={IconX} onClick={onClear} />
    </span>
  );
}

/** As many as are looked through; more letters narrow them. */
const offered = 20;

/** Finds the device, rack, service or VLAN whose history is wanted. */
function ThingPicker({ onPick }: { readonly onPick: (id: string) => void }) {
  const { inventory } = useApp();
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly { value: string; label: string }[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    if (text.trim() === '') setFound([]);
    else {
      inventory
        .search({ text: text.trim().slice(0, 200), limit: offered }, controller.signal)
        .then(({ hits }) =>
          setFound(
            hits
              .filter(({ kind }) => kind !== 'address')
              .map(({ id, title, kind }) => ({
                value: id,
                label: kind === 'device' ? title : `${title} (${kind === 'vlan' ? 'VLAN' : kind})`,
              })),
          ),
        )
        // One that was overtaken is no failure; where nothing answers the banner tells so.
        .catch(() => controller.signal.aborted || setFound([]));
    }
    return () => controller.abort();
  }, [inventory, text]);
  return (
    <Select
      aria-label="Show the history of one thing"
      placeholder="Of anything"
      searchable
      searchValue={text}
      onSearchChange={setText}
      data={found}
      // The host has found them already.
      filter={({ options }) => options}
      value={null}
      onChange={(id) => id !== null && onPick(id)}
      nothingFoundMessage={text.trim() === '' ? 'Type a name' : 'Nothing is called that'}
      className={classes.picker}
    />
  );
}
