import { useStore } from 'zustand';
import { Inspector } from '../../features/inspector/inspector.tsx';
import { Dock } from '../../features/jobs/dock/dock.tsx';
import { OnboardingWindow } from '../../features/onboarding/wizard/onboarding-window.tsx';
import { AddRecordDialog } from '../../features/records/forms/add-record-dialog.tsx';
import { NestedAdd } from '../../features/records/forms/nested-add.ts';
import { DisplacedBanner } from '../../features/recovery/displaced-banner.tsx';
import { useResource } from '../../rpc/use-resource.ts';
import { SidePane } from '../../ui/split-pane.tsx';
import { useShortcuts } from '../actions/use-shortcuts.ts';
import { useApp } from '../app-context.ts';
import { settled } from '../areas.ts';
import { ErrorBoundary } from '../error-boundary.tsx';
import { inspectorShows } from '../layout-store.ts';
import { Palette } from '../palette/palette.tsx';
import { AreaTabs } from './area-tabs.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { DialogHost } from './dialog-host.tsx';
import { PageActions } from './page-actions.tsx';
import { Rail } from './rail.tsx';
import { Screen } from './screen.tsx';
import { TitleBar } from './title-bar.tsx';
import classes from './window-shell.module.css';

/** These show everything themselves. */
const withoutInspector: ReadonlySet<string> = new Set([
  'device',
  'thing',
  'history',
  'jobs',
  'job',
  'onboardings',
  'onboarding',
  'cluster',
  'gpus',
  'terminals',
  'cluster-contexts',
  'containers',
  'engines',
]);

/** The window: rail, content, inspector, dock. */
export function WindowShell() {
  const { layout, router, history, inventory, devices } = useApp();
  const state = useStore(layout.store);
  const rows = useStore(devices.store, ({ selected }) => selected.size);
  const { kind } = state.inspected;
  const inspector = inspectorShows(state, kind === 'selection' ? rows > 0 : kind !== 'none');
  const route = settled(useStore(router.store));
  useShortcuts();
  // Undo and redo show what they would do on every screen.
  useResource(history.state);
  const summary = useResource(inventory.summary);
  const empty = summary.status === 'ready' && summary.data.empty;
  // An empty inventory has nothing to inspect.
  const hasInspector = !withoutInspector.has(route.screen) && !empty;

  return (
    <NestedAdd value={AddRecordDialog}>
      <div className={classes.window}>
        <TitleBar />
        <ConnectionBanner />
        <DisplacedBanner />
        <div className={classes.body}>
          {route.screen !== 'onboarding' && <Rail />}
          {/* Takes the focus where what had it is gone. */}
          <main className={classes.main} aria-label="Content" tabIndex={-1}>
            <AreaTabs route={route} />
            <ErrorBoundary key={route.screen}>
              {route.screen === 'onboarding' && (
                <OnboardingWindow key={route.id} id={route.id} step={route.step ?? null} />
              )}
              <Screen route={route} />
              <PageActions route={route} />
            </ErrorBoundary>
          </main>
          {inspector && hasInspector && (
            <SidePane
              label="Inspector"
              side="right"
              storageKey="rackhelm-inspector-width"
              initial={304}
              min={240}
              max={560}
            >
              <Inspector />
            </SidePane>
          )}
        </div>
        <Dock />
        <Palette />
        <DialogHost />
      </div>
    </NestedAdd>
  );
}
