import { z } from 'zod';
import { filePhase, notPossible } from '../../../engine/phases/index.ts';
import { leavingNoFolders } from './empty-folders.ts';
import { withoutRegistries, withRegistries } from './registries-text.ts';

const registry = z.object({
  host: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9.-]+(:\d{1,5})?$/),
  endpoint: z.url({ protocol: /^https?$/ }).max(500),
});

const params = z.object({ registries: z.array(registry).min(1).max(20) });

const path = '/etc/rancher/k3s/registries.yaml';

/** Where images come from on this node. K3s reads it when it starts; it may hold passwords of others. */
export const k3sRegistriesPhase = leavingNoFolders(
  filePhase({
    id: 'k3s-registries',
    params,
    title: ({ registries }) => `Let K3s pull from ${registries.map(({ host }) => host).join(', ')}`,
    fileOf: ({ registries }) => ({
      path,
      mode: 0o600,
      secretive: true,
      edit(text) {
        const edited = withRegistries(text, registries);
        if (edited !== undefined) return edited;
        throw notPossible(
          `${path} is written so that it cannot be added to without writing all of it anew.`,
          `Add ${registries.map(({ host }) => host).join(', ')} to its mirrors by hand, then go on.`,
        );
      },
      unedit: (now, before) => (before === null && now === '' ? null : withoutRegistries(now)),
    }),
  }),
);
