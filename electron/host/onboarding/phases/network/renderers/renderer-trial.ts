import { expect } from 'vitest';
import type { Asked, Renderer } from '../renderer.ts';
import { networkParams, type Wanted, wantedOf } from '../wanted.ts';

const mac = '02:00:00:00:00:11';

export function wanted(more: Record<string, unknown> = {}): Wanted {
  const params = networkParams.parse({
    interface: 'eth0',
    addresses: ['192.0.2.11/24'],
    gateways: ['192.0.2.1'],
    dns: ['192.0.2.1', '2001:db8::53'],
    search: ['rack.example'],
    ...more,
  });
  return wantedOf(params, params.interface ?? 'eth0', mac);
}

export const both = {
  addresses: ['192.0.2.11/24', '2001:db8::11/64'],
  gateways: ['192.0.2.1', '2001:db8::1'],
};

interface Edit {
  readonly files: Readonly<Record<string, string>>;
  readonly wanted?: Wanted;
  readonly named?: string | null;
}

/** The new text; twice edited is edited once. */
export function edited(
  renderer: Renderer,
  { files, wanted: asked = wanted(), named = null }: Edit,
): string {
  const question: Asked = { files: new Map(Object.entries(files)), wanted: asked, named };
  const { path, after } = renderer.edit(question);
  const again = renderer.edit({
    ...question,
    files: new Map([...question.files, [path, `${after}`]]),
  });
  expect(again.after).toBe(after);
  expect(again.path).toBe(path);
  return `${after}`;
}
