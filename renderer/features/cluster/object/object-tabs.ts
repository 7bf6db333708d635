import type { ComponentType } from 'react';
import type { ObjectPage } from '../../../../shared/cluster/object-page.ts';
import { DrainTab } from '../drain/drain-tab.tsx';
import { workloads } from '../kind-groups.ts';
import { FilesTab } from '../pods/files/files-tab.tsx';
import { LogsTab } from '../pods/logs/logs-tab.tsx';
import { PortsTab } from '../pods/ports/ports-tab.tsx';
import { TerminalTab } from '../pods/terminal/terminal-tab.tsx';
import { RevisionsTab } from '../revisions/revisions-tab.tsx';
import { EventsTab } from './events-tab.tsx';
import type { ObjectTabProps } from './object-tab-props.ts';
import { OverviewTab } from './overview-tab.tsx';
import { YamlTab } from './yaml-tab.tsx';

export interface ObjectTab {
  /** In the address. */
  readonly id: string;
  readonly label: string;
  /** Beside the label; null: nothing. */
  readonly count?: (page: ObjectPage) => number | null;
  /** Kinds that have it; absent: all. */
  readonly kinds?: readonly string[];
  readonly panel: ComponentType<ObjectTabProps>;
}

/** The parts of the page of an object, in their order; the first opens with it. */
const objectTabs: readonly ObjectTab[] = [
  { id: 'overview', label: 'Overview', panel: OverviewTab },
  { id: 'logs', label: 'Logs', kinds: ['pods', 'services', ...workloads], panel: LogsTab },
  { id: 'terminal', label: 'Terminal', kinds: ['pods', ...workloads], panel: TerminalTab },
  { id: 'files', label: 'Files', kinds: ['pods'], panel: FilesTab },
  { id: 'ports', label: 'Ports', kinds: ['pods', 'services', ...workloads], panel: PortsTab },
  { id: 'events', label: 'Events', count: (page) => page.eventsTotal, panel: EventsTab },
  {
    ...{ id: 'revisions', label: 'Revisions', panel: RevisionsTab },
    kinds: ['deployments.apps', 'statefulsets.apps', 'daemonsets.apps'],
  },
  { id: 'drain', label: 'Drain', kinds: ['nodes'], panel: DrainTab },
  { id: 'yaml', label: 'YAML', panel: YamlTab },
];

export function tabsOf(kind: string): readonly ObjectTab[] {
  return objectTabs.filter(({ kinds }) => kinds === undefined || kinds.includes(kind));
}
