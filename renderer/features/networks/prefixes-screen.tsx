import { Switch } from '@mantine/core';
import { IconBinaryTree2, IconPlus } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { formatPrefix, parsePrefix } from '../../../shared/network/prefix.ts';
import { useApp } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader, Toolbar } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { AddressMapScreen } from './address-map-screen.tsx';
import { PrefixTree } from './prefix-tree.tsx';

/** The tree of prefixes, or the map of the one that the address names. */
export function PrefixesScreen({ thing }: { readonly thing: string | null }) {
  if (thing === null) return <TreeScreen />;
  const prefix = parsePrefix(thing, { hostBits: 'clear' });
  if (prefix === undefined) return <NoPrefix text={thing} />;
  const text = formatPrefix(prefix);
  return <AddressMapScreen key={text} prefix={text} />;
}

function NoPrefix({ text }: { readonly text: string }) {
  const { router } = useApp();
  return (
    <EmptyState
      icon={IconBinaryTree2}
      title="This is no prefix"
      actions={
        <Button onClick={() => router.go({ screen: 'networks', view: 'prefixes' })}>
          All prefixes
        </Button>
      }
    >
      {`“${text.slice(0, 100)}” cannot be read as one; a prefix is written 10.0.10.0/24.`}
    </EmptyState>
  );
}

function TreeScreen() {
  const { networks, dialogs, layout } = useApp();
  const view = useStore(networks.treeView);
  useEffect(() => layout.inspect({ kind: 'none' }), [layout]);
  return (
    <>
      <PageHeader
        title="Prefixes"
        actions={
          <Button
            tone="primary"
            icon={IconPlus}
            onClick={() => dialogs.setState({ kind: 'add-record', record: 'prefix' }, true)}
          >
            Add prefix
          </Button>
        }
      />
      <Toolbar label="Look at the prefixes">
        <SearchField
          what="prefixes"
          value={view.search}
          onChange={(search) => networks.treeView.setState({ search })}
        />
        <Switch
          label="Free space"
          checked={view.free}
          disabled={view.search !== ''}
          onChange={(event) => networks.treeView.setState({ free: event.currentTarget.checked })}
        />
        <Button
          tone="quiet"
          disabled={view.closed.size === 0}
          onClick={() => networks.treeView.setState({ closed: new Set() })}
        >
          Open all
        </Button>
      </Toolbar>
      <PrefixTree view={view} />
    </>
  );
}
