import type { ActionNeeds } from './action-needs.ts';
import { addActions } from './add-actions.ts';
import { clusterActions } from './cluster-actions.ts';
import { containersActions } from './containers-actions.ts';
import { editActions } from './edit-actions.ts';
import { exchangeActions } from './exchange-actions.ts';
import { goActions } from './go-actions.ts';
import { onboardingActions } from './onboarding-actions.ts';
import { openActions } from './open-actions.ts';
import { proposalActions } from './proposal-actions.ts';
import { readingActions } from './reading-actions.ts';
import { type ActionRegistry, createActionRegistry } from './registry.ts';
import { viewActions } from './view-actions.ts';

/** Every action of the app, in the order in which the menu lists them within their groups. */
export function createActions(needs: ActionNeeds, view: Window): ActionRegistry {
  return createActionRegistry(
    [
      ...onboardingActions(needs),
      ...addActions(needs),
      ...editActions(needs),
      ...exchangeActions(needs),
      ...readingActions(needs),
      ...proposalActions(needs),
      ...openActions(needs, view),
      ...goActions(needs, view),
      ...clusterActions(needs),
      ...containersActions(needs),
      ...viewActions(needs),
    ],
    view.navigator.platform,
  );
}
