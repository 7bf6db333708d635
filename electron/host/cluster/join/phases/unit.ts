import { z } from 'zod';
import { k3sRole } from '../../../../../shared/cluster/k3s-settings.ts';
import { filePhase } from '../../../engine/phases/index.ts';
import { serviceOf } from './paths.ts';
import { serviceFile } from './unit-text.ts';

const params = z.object({ role: k3sRole, init: z.enum(['systemd', 'openrc']) });

/** The service of K3s; nothing is started by it yet. */
export const k3sServicePhase = filePhase({
  id: 'k3s-service',
  params,
  title: ({ role }) => `Write the service ${serviceOf(role)}`,
  fileOf: ({ role, init }) => {
    const file = serviceFile(init, serviceOf(role), role === 'agent' ? 'agent' : 'server');
    return { path: file.path, mode: file.mode, edit: () => file.text };
  },
});
