import { describe, expect, it } from 'vitest';
import { deviceKinds, deviceStatuses } from '../../../shared/model/inventory.ts';
import { kindWords, statusWords } from '../devices/device-words.ts';
import { interfaceKind, linkState, throttledBy, told, virtualization } from './kind-words.ts';

describe('words for what machines call things', () => {
  it.each([
    [virtualization('vm-other'), 'virtual machine'],
    [virtualization('microsoft'), 'Hyper-V virtual machine'],
    [interfaceKind('ethernet'), 'Ethernet'],
    [interfaceKind('wireguard'), 'WireGuard'],
    [linkState('lowerlayerdown'), 'down, as what it stands on'],
  ])('%s', (word, expected) => {
    expect(word).toBe(expected);
  });

  it('tells a code that no table knows without its underscores', () => {
    expect(interfaceKind('ip6_vti')).toBe('ip6 vti');
    expect(virtualization('new-hypervisor')).toBe('new hypervisor');
  });

  it('says by what a GPU is held back, and that idling is not', () => {
    expect(throttledBy('sw_power_cap, hw_thermal_slowdown')).toBe(
      'power limit, temperature, by the card',
    );
    expect(throttledBy('gpu_idle')).toBe('nothing');
    expect(throttledBy('none')).toBe('nothing');
    expect(throttledBy(null)).toBeNull();
  });

  it.each(['[N/A]', 'N/A', '[Not Supported]', 'Unknown Error', ' ', '--', 'Not Specified'])(
    'takes %j for not told',
    (text) => {
      expect(told(text)).toBeNull();
    },
  );

  it.each(['Tesla K80', 'nas', '[0-3] array'])('takes %j for what it is', (text) => {
    expect(told(text)).toBe(text);
  });

  it('leaves no kind and no status of the inventory without a word', () => {
    for (const kind of deviceKinds) expect(kindWords[kind].label).not.toMatch(/[_-]{2}|^[a-z]/);
    for (const status of deviceStatuses) expect(statusWords[status].label).toMatch(/^[A-Z]/);
  });
});
