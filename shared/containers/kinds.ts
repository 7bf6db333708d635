import { type ClusterColumn, column } from '../cluster/row.ts';

/** What an engine has lists of. */
export const engineKinds = ['containers', 'projects', 'images', 'volumes', 'networks'] as const;
export type EngineKind = (typeof engineKinds)[number];

export const kindTitles: Readonly<Record<EngineKind, { one: string; title: string }>> = {
  containers: { one: 'Container', title: 'Containers' },
  projects: { one: 'Project', title: 'Projects' },
  images: { one: 'Image', title: 'Images' },
  volumes: { one: 'Volume', title: 'Volumes' },
  networks: { one: 'Network', title: 'Networks' },
};

/** Beside name, status and age, which all have. */
export const kindColumns: Readonly<Record<EngineKind, readonly ClusterColumn[]>> = {
  containers: [
    column('image', 'Image'),
    column('ports', 'Ports', 'list'),
    column('project', 'Project', 'text', { extra: true }),
    column('service', 'Service', 'text', { extra: true }),
    column('networks', 'Networks', 'list', { extra: true }),
    column('command', 'Command', 'text', { extra: true }),
    column('id', 'ID', 'text', { extra: true }),
  ],
  projects: [
    column('running', 'Running', 'ratio'),
    column('services', 'Services', 'list'),
    column('ports', 'Ports', 'list', { extra: true }),
    column('folder', 'Folder'),
  ],
  images: [
    column('size', 'Size', 'bytes'),
    column('usedBy', 'Used by', 'list'),
    column('id', 'ID', 'text', { extra: true }),
    column('digest', 'Digest', 'text', { extra: true }),
  ],
  volumes: [
    column('usedBy', 'Used by', 'list'),
    column('driver', 'Driver'),
    column('project', 'Project', 'text', { extra: true }),
    column('place', 'On the machine', 'text', { extra: true }),
  ],
  networks: [
    column('driver', 'Driver'),
    column('subnets', 'Subnets', 'list'),
    column('usedBy', 'Used by', 'list'),
    column('project', 'Project', 'text', { extra: true }),
  ],
};
