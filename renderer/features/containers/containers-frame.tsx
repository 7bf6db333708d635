import { Menu } from '@mantine/core';
import { IconChevronDown, IconPlugConnected, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { SavedEngine } from '../../../shared/containers/engine.ts';
import { engineKinds, kindTitles } from '../../../shared/containers/kinds.ts';
import { useApp } from '../../app/app-context.ts';
import { formatRoute } from '../../app/routes.ts';
import classes from '../cluster/cluster.module.css';

interface ContainersFrameProps {
  readonly engine: SavedEngine;
  readonly engines: readonly SavedEngine[];
  readonly kind: string;
  readonly children: ReactNode;
}

const places = [
  ...engineKinds.map((id) => ({ id, title: kindTitles[id].title })),
  { id: 'disk', title: 'Disk use' },
];

/** An engine: at the left which one and what is in it, beside it what is looked at. */
export function ContainersFrame({ engine, engines, kind, children }: ContainersFrameProps) {
  return (
    <div className={classes.frame}>
      <nav className={classes.nav} aria-label="Parts of the engine" data-scrolls>
        <EngineMenu engine={engine} engines={engines} />
        <ul className={classes.navGroup} aria-label="What it has">
          {places.map(({ id, title }) => (
            <li key={id}>
              <a
                href={formatRoute({ screen: 'containers', engine: engine.id, kind: id })}
                className={classes.navItem}
                aria-current={id === kind ? 'page' : undefined}
              >
                <span className={classes.navText}>{title}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className={classes.content}>{children}</div>
    </div>
  );
}

interface EngineMenuProps {
  readonly engine: SavedEngine;
  readonly engines: readonly SavedEngine[];
}

/** Which engine it is, and how it is reached; opens the others. */
function EngineMenu({ engine, engines }: EngineMenuProps) {
  const { router } = useApp();
  return (
    <Menu position="bottom-start" width={270}>
      <Menu.Target>
        <button type="button" className={classes.contextButton}>
          <span className={classes.contextNames}>
            <bdi className={classes.contextCluster}>{engine.name}</bdi>
            <bdi className={classes.contextName}>{engine.reached}</bdi>
          </span>
          <span className="rh-hidden">Switch engine</span>
          <IconChevronDown aria-hidden className={classes.navChevron} />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={classes.contextList}>
        {engines.map(({ id, name }) => (
          <Menu.CheckboxItem
            key={id}
            checked={id === engine.id}
            onChange={() => router.go({ screen: 'containers', engine: id })}
            closeMenuOnClick
          >
            <bdi>{name}</bdi>
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPlugConnected aria-hidden className={classes.menuIcon} />}
          onClick={() => router.go({ screen: 'engines' })}
        >
          All engines
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPlus aria-hidden className={classes.menuIcon} />}
          onClick={() => router.go({ screen: 'engines', adding: true })}
        >
          Connect an engine
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
