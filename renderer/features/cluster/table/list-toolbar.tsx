import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type StatusLevel, statusLevels } from '../../../../shared/cluster/status.ts';
import type { TableWindow } from '../../../../shared/cluster/table.ts';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Button } from '../../../ui/button.tsx';
import { ColumnMenu } from '../../../ui/data-table/column-menu.tsx';
import { FilterMenu, ToggleChip } from '../../../ui/filter-menu.tsx';
import { isolated } from '../../../ui/isolate.ts';
import { Toolbar } from '../../../ui/page.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import classes from '../cluster.module.css';
import { statusLooks } from '../status-look.ts';
import { allOfIt, type ClusterQuery, isNarrowed } from './cluster-query.ts';

interface ListToolbarProps {
  readonly context: string;
  readonly what: string;
  readonly namespaced: boolean;
  readonly query: ClusterQuery;
  readonly levels: TableWindow['levels'] | null;
  readonly columns: {
    readonly options: readonly { readonly value: string; readonly label: string }[];
    readonly chosen: readonly string[];
    readonly first: readonly string[];
    readonly onChange: (columns: readonly string[]) => void;
  };
  readonly onChange: (query: ClusterQuery) => void;
}

/** What a list is narrowed to, and its columns. */
export function ListToolbar(props: ListToolbarProps) {
  const { context, what, namespaced, query, levels, onChange } = props;
  return (
    <Toolbar label={`Filter ${what}`}>
      <SearchField
        what={what}
        value={query.search}
        onChange={(search) => onChange({ ...query, search: search.slice(0, 200) })}
        onRows={() => {}}
      />
      {namespaced && (
        <NamespacePicker
          context={context}
          chosen={query.namespaces}
          onChange={(namespaces) => onChange({ ...query, namespaces: [...namespaces] })}
        />
      )}
      <FilterMenu
        label="Status"
        options={statusLevels.map((level) => ({
          value: level,
          label: levelLabel(level, levels),
          icon: statusLooks[level].icon,
        }))}
        chosen={query.levels}
        onChange={(chosen) =>
          onChange({ ...query, levels: statusLevels.filter((level) => chosen.includes(level)) })
        }
      />
      {query.where.map((each) => (
        <ToggleChip
          key={`${each.column} ${each.is}`}
          on
          onChange={() =>
            onChange({ ...query, where: query.where.filter((other) => other !== each) })
          }
        >
          {`${each.column}: ${isolated(each.is)}`}
        </ToggleChip>
      ))}
      {isNarrowed(query) && (
        <Button tone="quiet" onClick={() => onChange({ ...allOfIt, sort: query.sort })}>
          Clear
        </Button>
      )}
      <span className={classes.toolbarEnd}>
        <ColumnMenu {...props.columns} />
      </span>
    </Toolbar>
  );
}

function levelLabel(level: StatusLevel, counts: TableWindow['levels'] | null): string {
  const { word } = statusLooks[level];
  return counts === null ? word : `${word} (${counts[level].toLocaleString('en')})`;
}

interface NamespacePickerProps {
  readonly context: string;
  readonly chosen: readonly string[];
  readonly onChange: (namespaces: readonly string[]) => void;
}

function NamespacePicker({ context, chosen, onChange }: NamespacePickerProps) {
  const state = useResource(useApp().cluster.namespaces(context));
  const known = state.status === 'ready' ? state.data : [];
  if (known === null || state.status === 'failed')
    return <NamespaceField chosen={chosen} onChange={onChange} />;
  const names = [...new Set([...chosen, ...known])].sort();
  return (
    <FilterMenu
      label={chosen.length === 0 ? 'All namespaces' : 'Namespace'}
      options={names.map((name) => ({ value: name, label: name }))}
      chosen={chosen}
      onChange={onChange}
    />
  );
}

/** Somebody who may not list them types the one in which they have rights. */
function NamespaceField({ chosen, onChange }: Omit<NamespacePickerProps, 'context'>) {
  const [text, setText] = useState(chosen.join(', '));
  function take(event: FormEvent): void {
    event.preventDefault();
    const names = text.split(/[\s,]+/).filter((name) => name !== '' && name.length <= 253);
    onChange(names.slice(0, 100));
  }
  return (
    <form onSubmit={take} className={classes.namespaceField}>
      <TextInput
        aria-label="Namespaces"
        placeholder="All namespaces"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={take}
      />
    </form>
  );
}
