import { Menu } from '@mantine/core';
import { type Icon, IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './more-menu.module.css';

interface MoreMenuProps {
  readonly label: string;
  readonly icon?: Icon;
  /** Several entries may be pressed one after the other. */
  readonly staysOpen?: boolean;
  readonly children: ReactNode;
}

/** Three dots that open what is done seldom. */
export function MoreMenu({ label, icon, staysOpen = false, children }: MoreMenuProps) {
  const IconShape = icon ?? IconDots;
  return (
    <Menu position="bottom-end" closeOnItemClick={!staysOpen}>
      <Menu.Target>
        <button type="button" className={classes.more} aria-label={label} title={icon && label}>
          <IconShape aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}

interface MoreMenuItemProps {
  readonly icon: Icon;
  readonly onClick: () => void;
  readonly children: string;
}

export function MoreMenuItem({ icon: IconShape, onClick, children }: MoreMenuItemProps) {
  return (
    <Menu.Item leftSection={<IconShape aria-hidden className={classes.icon} />} onClick={onClick}>
      {children}
    </Menu.Item>
  );
}
