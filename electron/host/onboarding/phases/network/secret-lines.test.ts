import { describe, expect, it } from 'vitest';
import { holdsSecrets, masked, unmasked } from './secret-lines.ts';

const text =
  '[wifi-security]\nkey-mgmt=wpa-psk\npsk=secret words\n[802-1x]\nprivate-key-password=other\n';
const netplan = 'access-points:\n  home:\n    password: "secret words"\n';

describe('secrets in network files', () => {
  it('are not shown, and all else is', () => {
    expect(masked(text)).toBe(
      '[wifi-security]\nkey-mgmt=wpa-psk\npsk=(hidden)\n[802-1x]\nprivate-key-password=(hidden)\n',
    );
    expect(masked(netplan)).not.toContain('secret');
    expect(holdsSecrets(text)).toBe(true);
    expect(holdsSecrets('[ipv4]\nmethod=auto\n')).toBe(false);
  });

  it('come back from the file as it is now, where they are still the same ones', () => {
    const now = text.replace('[802-1x]', '[ipv4]\nmethod=manual\n[802-1x]');
    expect(unmasked(masked(text), now)).toBe(text);
    expect(unmasked(masked(text), 'psk=only one\n')).toBeUndefined();
    expect(unmasked(masked(text), `${now}password=a third\n`)).toBeUndefined();
    expect(unmasked('plain\n', 'other\n')).toBe('plain\n');
  });
});
