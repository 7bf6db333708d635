import type { ClusterRow } from '../cluster/row.ts';
import { visibleText } from '../visible-text.ts';
import { type ContainerState, containerStatus } from './container-state.ts';
import { shortId } from './image-name.ts';
import { projectLabels } from './labels.ts';
import type { ListedContainer } from './listed.ts';
import { portText, publishedPorts } from './ports.ts';
import { readStatusText } from './status-text.ts';

/** What only a look at one container tells. */
export type LookedAt = Pick<ContainerState, 'outOfMemory' | 'restarts' | 'error' | 'since'>;

export interface ContainerContext {
  /** When it was listed, UTC milliseconds. */
  readonly now: number;
  /** Null: nobody has looked. */
  readonly looked: LookedAt | null;
}

export function containerRow(
  listed: ListedContainer,
  { now, looked }: ContainerContext,
): ClusterRow {
  const { project, service } = projectLabels(listed.Labels);
  const told = readStatusText(listed.Status, now);
  const state: ContainerState = {
    ...told,
    state: listed.State.toLowerCase(),
    outOfMemory: looked?.outOfMemory ?? null,
    restarts: looked?.restarts ?? null,
    error: looked?.error ?? '',
    since: looked?.since ?? told.since,
  };
  const shown = (text: string | null) => (text === null ? null : visibleText(text));
  return {
    key: listed.Id,
    uid: listed.Id,
    namespace: shown(project),
    name: containerName(listed),
    createdAt: listed.Created > 0 ? listed.Created * 1_000 : null,
    leavingSince: null,
    status: containerStatus(state, now),
    cells: {
      image: imageText(listed),
      ports: publishedPorts(listed.Ports).map(portText),
      project: shown(project),
      service: shown(service),
      networks: listed.NetworkSettings.Networks.map(visibleText),
      command: visibleText(listed.Command),
      id: shortId(listed.Id),
    },
  };
}

/** A container may have several, those by which others link to it among them. */
export function containerName({ Names, Id }: Pick<ListedContainer, 'Names' | 'Id'>): string {
  const own = Names.find((name) => name.lastIndexOf('/') === 0) ?? Names[0];
  return visibleText(own?.replace(/^\//, '') ?? shortId(Id)).slice(0, 300);
}

/** An image whose name went to a newer one is told by its id alone. */
function imageText({ Image }: ListedContainer): string {
  return /^sha256:[0-9a-f]{64}$/.test(Image) ? shortId(Image) : visibleText(Image);
}
