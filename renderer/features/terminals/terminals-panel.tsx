import { Tabs } from '@mantine/core';
import { IconTerminal2 } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useApp } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { isolated } from '../../ui/isolate.ts';
import { PaneView } from './pane-view.tsx';
import { isOver, type TerminalPane } from './terminal-pane.ts';
import classes from './terminals.module.css';

/** The terminals of this window as tabs; in the dock, or as a page. */
export function TerminalsPanel() {
  const { terminals, router } = useApp();
  const { tabs, active, panes, link } = useStore(terminals.store);
  const shown = tabs.find(({ key }) => key === active);
  const byId = new Map(panes.map((pane) => [pane.id, pane]));
  if (tabs.length === 0) {
    return (
      <EmptyState
        icon={IconTerminal2}
        title="No terminal is open"
        actions={
          <Button onClick={() => router.go({ screen: 'devices', query: '' })}>All devices</Button>
        }
      >
        Open one from the page of a device. It goes on when this window is closed, and ends with
        Rackhelm.
      </EmptyState>
    );
  }
  return (
    <>
      <Tabs
        className={classes.panel}
        keepMounted={false}
        value={active}
        onChange={(key) => key !== null && terminals.select(key)}
      >
        <Tabs.List aria-label="Terminals" className={classes.tabs}>
          {tabs.map(({ key, panes: ids }) => (
            <Tabs.Tab key={key} value={key}>
              <TabName panes={ids.flatMap((id) => byId.get(id) ?? [])} />
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {shown && (
          <Tabs.Panel value={shown.key} className={classes.panes} data-direction={shown.direction}>
            {shown.panes.map((id) => {
              const pane = byId.get(id);
              return pane && <PaneView key={id} pane={pane} />;
            })}
          </Tabs.Panel>
        )}
      </Tabs>
      {link !== null && <LinkDialog address={link} onClose={terminals.forgetLink} />}
    </>
  );
}

function TabName({ panes }: { readonly panes: readonly TerminalPane[] }) {
  const [first] = panes;
  if (first === undefined) return null;
  const more = panes.length - 1;
  return (
    <span
      className={classes.tabName}
      data-over={panes.every(({ state }) => isOver(state)) || undefined}
    >
      <bdi>{first.name}</bdi>
      {more > 0 && ` +${more}`}
    </span>
  );
}

interface LinkDialogProps {
  readonly address: string;
  readonly onClose: () => void;
}

/** Whatever wrote it may be hostile: where it leads is shown whole first. */
function LinkDialog({ address, onClose }: LinkDialogProps) {
  const open = () => {
    window.open(address, '_blank', 'noopener,noreferrer');
    onClose();
  };
  return (
    <ConfirmDialog title="Open this address?" confirm="Open" onConfirm={open} onCancel={onClose}>
      <p>A program in the terminal wrote it:</p>
      <p className={classes.address}>{isolated(address)}</p>
    </ConfirmDialog>
  );
}
