import { existsSync } from 'node:fs';
import { managerLayer } from './network-managers/index.ts';
import type { NodeSpec } from './node-spec.ts';
import type { RackState } from './state.ts';

/** The layers below a node's own, uppermost first. */
export function layersOf(
  state: RackState,
  { name, networkManager }: Pick<NodeSpec, 'name' | 'networkManager'>,
): readonly string[] {
  const hidden = state.path('nodes', name, 'disk', 'hidden');
  return [
    ...(existsSync(hidden) ? [hidden] : []),
    ...(networkManager ? [managerLayer(state, networkManager)] : []),
    state.path('base', 'upper'),
    '/',
  ];
}
