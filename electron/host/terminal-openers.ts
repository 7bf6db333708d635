import type { Pods } from './cluster/index.ts';
import type { SshPool } from './connections/ssh/index.ts';
import type { Containers } from './containers/index.ts';
import { rememberingAsk, type Secrets } from './engine/secrets/index.ts';
import type { Inventory } from './inventory/index.ts';
import { type Openers, openContainerShell, openSshShell } from './terminals/index.ts';

interface OpenersNeeds {
  readonly inventory: Pick<Inventory, 'sshTargetOf' | 'devices'>;
  readonly secrets: Secrets;
  readonly pool: () => Promise<SshPool>;
  readonly containers: Pick<Containers, 'openExec'>;
  readonly openPodShell: Pods['openShell'];
}

/** Whom a terminal asks for its shell, by the kind of its place. */
export function terminalOpeners(needs: OpenersNeeds): Openers {
  const { inventory, secrets, pool, containers } = needs;
  return {
    async device({ deviceId }, { size, ask, step, signal }) {
      const { name } = inventory.devices.get(deviceId).device;
      const target = inventory.sshTargetOf(deviceId);
      const answering = rememberingAsk(ask, secrets, { attended: true });
      const onStep = (_: string, text: string) => step(text);
      const shell = await openSshShell({ pool, target, size, ask: answering, onStep, signal });
      return { ...shell, name };
    },
    async container({ engineId, container }, { size, signal }) {
      const asked = { engineId, container, tty: true, stdin: true, size, signal };
      const open = (command: readonly string[]) => containers.openExec({ ...asked, command });
      return { ...(await openContainerShell(open)), name: container };
    },
    async pod({ kind, ...place }, { size, signal }) {
      return { ...(await needs.openPodShell({ ...place, size, signal })), name: place.pod };
    },
  };
}
