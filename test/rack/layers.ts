import { existsSync } from 'node:fs';
import type { RackState } from './state.ts';

/** The layers below a node's own, uppermost first. */
export function layersOf(state: RackState, node: string): readonly string[] {
  const hidden = state.path('nodes', node, 'disk', 'hidden');
  return [...(existsSync(hidden) ? [hidden] : []), state.path('base', 'upper'), '/'];
}
