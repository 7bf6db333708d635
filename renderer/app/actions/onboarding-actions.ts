import { IconRoute } from '@tabler/icons-react';
import type { DeviceFields } from '../../../shared/model/inventory.ts';
import { beginOnboarding, machineOfDevice } from '../../features/onboarding/begin-onboarding.ts';
import { isolated } from '../../ui/isolate.ts';
import type { ActionNeeds } from './action-needs.ts';
import type { Action } from './registry.ts';

/** The guided way in for machines. */
export function onboardingActions(needs: ActionNeeds): Action[] {
  return [
    {
      id: 'onboard',
      title: 'Onboard a machine',
      group: 'Add',
      icon: IconRoute,
      shortcut: 'O',
      keywords: ['wizard', 'guided', 'bare', 'node', 'prepare', 'fix', 'checks', 'new'],
      run: () => void beginOnboarding(needs),
    },
    {
      id: 'go-onboardings',
      title: 'Onboardings under way',
      group: 'Go to',
      icon: IconRoute,
      keywords: ['wizard', 'drafts', 'resume', 'continue'],
      run: () => needs.router.go({ screen: 'onboardings' }),
    },
  ];
}

/** A device of the inventory by the way in that is declared for it. */
export function onboardDevice(
  needs: Pick<ActionNeeds, 'router' | 'onboarding'>,
  device: DeviceFields & { readonly id: string },
): Action {
  return {
    id: `onboard-device ${device.id}`,
    title: `Onboard ${isolated(device.name)}`,
    group: 'This page',
    icon: IconRoute,
    keywords: ['wizard', 'checks', 'fix', 'prepare'],
    run: () => void beginOnboarding(needs, machineOfDevice(device)),
  };
}
