import type { Renderer, RendererId } from '../renderer.ts';
import { dhcpcd } from './dhcpcd.ts';
import { ifupdown } from './ifupdown.ts';
import { netplan } from './netplan.ts';
import { networkManager } from './network-manager.ts';
import { networkd } from './networkd.ts';

const renderers: Readonly<Record<RendererId, Renderer>> = {
  netplan,
  networkd,
  NetworkManager: networkManager,
  ifupdown,
  dhcpcd,
};

export function rendererOf(id: RendererId): Renderer {
  return renderers[id];
}
