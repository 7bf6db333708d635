import { Menu } from '@mantine/core';
import {
  IconChevronDown,
  IconChevronRight,
  IconPlugConnected,
  IconPlus,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useApp } from '../../app/app-context.ts';
import { formatRoute } from '../../app/routes.ts';
import classes from './cluster.module.css';
import type { ListedKind } from './cluster-store.ts';
import type { SavedContext } from './contexts/contexts-store.ts';
import { groupKinds, type KindGroup, type NamedKind } from './kind-groups.ts';
import { sameNamespaces } from './table/cluster-query.ts';

interface ClusterFrameProps {
  readonly context: SavedContext;
  readonly contexts: readonly SavedContext[];
  readonly kinds: readonly ListedKind[];
  readonly kind: string;
  /** Of the list: its namespaces stay when another kind is opened. */
  readonly query: string;
  readonly children: ReactNode;
}

/** A cluster: at the left which one and what is in it, beside it what is looked at. */
export function ClusterFrame(props: ClusterFrameProps) {
  const { context, kinds, kind, query } = props;
  const namespaces = sameNamespaces(query);
  return (
    <div className={classes.frame}>
      <nav className={classes.nav} aria-label="Kinds of the cluster" data-scrolls>
        <ContextMenu context={context} contexts={props.contexts} />
        {[besideInventory, upkeep, connections].map((group) => (
          <Group
            key={group.title}
            group={group}
            kind={kind}
            address={(id) => formatRoute({ screen: 'cluster', context: context.id, kind: id })}
          />
        ))}
        {groupKinds(kinds).map((group) => (
          <Group
            key={group.title}
            group={group}
            kind={kind}
            address={(id) =>
              formatRoute({
                screen: 'cluster',
                context: context.id,
                kind: id,
                ...(namespaces !== '' && { query: namespaces }),
              })
            }
          />
        ))}
      </nav>
      <div className={classes.content}>{props.children}</div>
    </div>
  );
}

/** What is told of the cluster beside the inventory. */
const besideInventory: KindGroup<NamedKind> = {
  title: 'Inventory',
  folded: false,
  kinds: [
    { id: 'drift', title: 'Drift', group: '' },
    { id: 'questions', title: 'Questions', group: '' },
  ],
};

/** What stands between this computer and clusters. */
const connections: KindGroup<NamedKind> = {
  title: 'Connections',
  folded: false,
  kinds: [{ id: 'connections', title: 'Ports and terminals', group: '' }],
};

/** Work on the nodes themselves. */
const upkeep: KindGroup<NamedKind> = {
  title: 'Upkeep',
  folded: false,
  kinds: [{ id: 'upkeep', title: 'Servers', group: '' }],
};

interface GroupProps {
  readonly group: KindGroup<NamedKind>;
  readonly kind: string;
  readonly address: (kind: string) => string;
}

function Group({ group: { title, folded, kinds }, kind, address }: GroupProps) {
  const links = (
    <ul aria-label={title}>
      {kinds.map(({ id, title: called, group }) => (
        <li key={id}>
          <a
            href={address(id)}
            className={classes.navItem}
            aria-current={id === kind ? 'page' : undefined}
            title={group === '' ? undefined : group}
          >
            <bdi className={classes.navText}>{called}</bdi>
          </a>
        </li>
      ))}
    </ul>
  );
  if (!folded) {
    return (
      <div className={classes.navGroup}>
        <p className={classes.navTitle}>{title}</p>
        {links}
      </div>
    );
  }
  return (
    <details className={classes.navGroup} open={kinds.some(({ id }) => id === kind)}>
      <summary className={classes.navFold}>
        <IconChevronRight aria-hidden className={classes.navChevron} />
        <span className={classes.navTitle}>{title}</span>
      </summary>
      {links}
    </details>
  );
}

interface ContextMenuProps {
  readonly context: SavedContext;
  readonly contexts: readonly SavedContext[];
}

/** Which cluster it is, and by which way; opens the others. */
function ContextMenu({ context, contexts }: ContextMenuProps) {
  const { router } = useApp();
  const { name, cluster } = context;
  return (
    <Menu position="bottom-start" width={270}>
      <Menu.Target>
        <button type="button" className={classes.contextButton}>
          <span className={classes.contextNames}>
            <bdi className={classes.contextCluster}>{cluster.name}</bdi>
            <bdi className={classes.contextName}>{name}</bdi>
          </span>
          <span className="rh-hidden">Switch context</span>
          <IconChevronDown aria-hidden className={classes.navChevron} />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={classes.contextList}>
        {contexts.map((each) => (
          <Menu.CheckboxItem
            key={each.id}
            checked={each.id === context.id}
            onChange={() => router.go({ screen: 'cluster', context: each.id })}
            closeMenuOnClick
          >
            <bdi>{each.cluster.name}</bdi>
            <span className={classes.contextName}>
              {' '}
              <bdi>{each.name}</bdi>
            </span>
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPlugConnected aria-hidden className={classes.menuIcon} />}
          onClick={() => router.go({ screen: 'cluster-contexts' })}
        >
          All contexts
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPlus aria-hidden className={classes.menuIcon} />}
          onClick={() => router.go({ screen: 'cluster-contexts', adding: true })}
        >
          Connect a cluster
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
