import { IconCopy, IconExternalLink, IconTerminal2 } from '@tabler/icons-react';
import type { DeviceDetails } from '../../features/device/device-store.ts';
import { sshCommand, sshLink } from '../../features/device/ssh-command.ts';
import type { ActionNeeds } from './action-needs.ts';
import type { Action } from './registry.ts';

/** What opens the thing that the person looks at: the device's page, or what is in the inspector. */
export function openActions(needs: ActionNeeds, view: Window): Action[] {
  const { notify } = needs;
  const device = () => currentDetails(needs)?.device ?? null;
  const on = (text: () => string | null): NonNullable<Action['status']> => ({
    read() {
      const detail = text();
      return { enabled: detail !== null, detail };
    },
    subscribe: (changed) => subscribeToCurrent(needs, changed),
  });
  const command = () => {
    const shown = device();
    return shown === null ? null : sshCommand(shown);
  };
  const link = () => {
    const shown = device();
    return shown === null ? null : sshLink(shown);
  };
  const address = () => currentAddress(needs);

  return [
    {
      id: 'open-terminal',
      title: 'Open terminal',
      group: 'Go to',
      icon: IconTerminal2,
      keywords: ['shell', 'ssh', 'login', 'console'],
      status: on(command),
      run() {
        const shown = device();
        if (shown === null) return;
        needs.terminals.open({ kind: 'device', deviceId: shown.id }, shown.name);
        if (needs.router.store.getState().screen !== 'terminals') needs.layout.dock('terminals');
      },
    },
    {
      id: 'open-ssh',
      title: 'Open SSH in another program',
      group: 'Go to',
      icon: IconTerminal2,
      keywords: ['terminal', 'shell', 'login', 'console'],
      status: on(link),
      run() {
        const href = link();
        // A link to another program does not leave the page.
        if (href !== null) view.location.assign(href);
      },
    },
    {
      id: 'copy-ssh',
      title: 'Copy ssh command',
      group: 'Edit',
      icon: IconCopy,
      keywords: ['terminal', 'shell', 'login', 'clipboard'],
      status: on(command),
      run() {
        const text = command();
        if (text === null) return;
        void view.navigator.clipboard.writeText(text).then(
          () => notify.done(`Copied: ${text}`),
          () =>
            notify.failed({
              code: 'INTERNAL',
              message: 'The clipboard took nothing.',
              hint: `Copy it by hand: ${text}`,
              data: {},
            }),
        );
      },
    },
    {
      id: 'open-address',
      title: 'Open address',
      group: 'Go to',
      icon: IconExternalLink,
      keywords: ['browser', 'web', 'url', 'http'],
      status: on(address),
      run() {
        const href = address();
        if (href !== null) view.open(href, '_blank', 'noopener,noreferrer');
      },
    },
  ];
}

function currentDeviceId({ router, layout, devices }: ActionNeeds): string | null {
  const route = router.store.getState();
  if (route.screen === 'device') return route.id;
  const { inspected } = layout.store.getState();
  if (inspected.kind === 'device') return inspected.id;
  const { selected } = devices.store.getState();
  const [only] = selected;
  return inspected.kind === 'selection' && selected.size === 1 ? (only ?? null) : null;
}

/** Only what is on the screen was read. */
function currentDetails(needs: ActionNeeds): DeviceDetails | null {
  const id = currentDeviceId(needs);
  if (id === null) return null;
  const state = needs.device.details(id).store.getState();
  return state.status === 'ready' ? state.data : null;
}

/** Of the service that is shown; of a device, its first service that has one, or its own. */
function currentAddress(needs: ActionNeeds): string | null {
  const { inspected } = needs.layout.store.getState();
  const services = needs.inventory.services.store.getState();
  if (inspected.kind === 'service' && services.status === 'ready') {
    return webAddress(services.data.find(({ id }) => id === inspected.id)?.url ?? null);
  }
  const details = currentDetails(needs);
  if (details === null) return null;
  const own = details.services.map(({ url }) => webAddress(url)).find((url) => url !== null);
  const { primaryAddress } = details.device;
  if (own !== undefined || primaryAddress === null) return own ?? null;
  return `http://${primaryAddress.includes(':') ? `[${primaryAddress}]` : primaryAddress}/`;
}

/** What a browser opens without starting anything else. */
export function webAddress(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, username, password, href } = new URL(url);
  const isWeb = protocol === 'http:' || protocol === 'https:';
  return isWeb && username === '' && password === '' ? href : null;
}

/** Follows what is shown, and what is read of it. */
function subscribeToCurrent(needs: ActionNeeds, changed: () => void): () => void {
  let shown: string | null = null;
  let leave: () => void = () => undefined;
  const follow = () => {
    const id = currentDeviceId(needs);
    if (id !== shown) {
      leave();
      shown = id;
      leave = id === null ? () => undefined : needs.device.details(id).store.subscribe(changed);
    }
    changed();
  };
  follow();
  const ends = [
    needs.router.store.subscribe(follow),
    needs.layout.store.subscribe(follow),
    needs.devices.store.subscribe(follow),
    needs.inventory.services.store.subscribe(changed),
  ];
  return () => {
    leave();
    for (const end of ends) end();
  };
}
