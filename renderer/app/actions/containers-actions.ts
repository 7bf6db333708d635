import { IconBox, IconPlugConnected } from '@tabler/icons-react';
import type { ActionNeeds } from './action-needs.ts';
import type { Action } from './registry.ts';

/** Container engines, and what runs in them. */
export function containersActions({ router, containers }: ActionNeeds): Action[] {
  const { engines } = containers;
  const last = {
    read: () => ({ enabled: engines.last() !== null, detail: null }),
    subscribe: (changed: () => void) => engines.list.store.subscribe(changed),
  };
  const place = (kind: string, title: string): Action => ({
    id: `go-containers-${kind}`,
    title,
    group: 'Go to',
    icon: IconBox,
    keywords: ['docker', 'podman', 'engine', kind],
    status: last,
    run() {
      const engine = engines.last();
      if (engine !== null) router.go({ screen: 'containers', engine, kind });
    },
  });
  return [
    {
      id: 'go-containers',
      title: 'Containers',
      group: 'Go to',
      icon: IconBox,
      keywords: ['docker', 'podman', 'compose', 'engine'],
      run: () => router.go({ screen: 'containers' }),
    },
    {
      id: 'go-engines',
      title: 'Container engines',
      group: 'Go to',
      icon: IconPlugConnected,
      keywords: ['docker', 'podman', 'test', 'forget'],
      run: () => router.go({ screen: 'engines' }),
    },
    {
      id: 'connect-engine',
      title: 'Connect a container engine',
      group: 'Add',
      icon: IconPlugConnected,
      keywords: ['docker', 'podman', 'socket'],
      run: () => router.go({ screen: 'engines', adding: true }),
    },
    place('projects', 'Compose projects'),
    place('images', 'Images'),
    place('volumes', 'Volumes of containers'),
    place('networks', 'Networks of containers'),
    place('disk', 'Disk use of containers'),
  ];
}
