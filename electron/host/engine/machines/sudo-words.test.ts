import { describe, expect, it } from 'vitest';
import { sudoRefusal } from './sudo-words.ts';

const of = (text: string) => {
  const refusal = sudoRefusal(Buffer.from(text), 'pi-1');
  return refusal === 'password' ? refusal : refusal.code;
};

describe('what sudo says instead of running something', () => {
  it.each([
    ['sudo: a password is required\n', 'password'],
    ['sudo-rs: interactive authentication is required\n', 'password'],
    ['doas: Authentication required\n', 'password'],
    ['sudo: sorry, you must have a tty to run sudo\n', 'SUDO_NEEDS_TERMINAL'],
    ['viewer is not in the sudoers file.  This incident will be reported.\n', 'SUDO_NOT_ALLOWED'],
    [
      "Sorry, user ada is not allowed to execute '/usr/bin/sh -s' as root on pi-1.\n",
      'SUDO_NOT_ALLOWED',
    ],
    ["sudo-rs: I'm sorry ada. I'm afraid I can't do that\n", 'SUDO_NOT_ALLOWED'],
    ['sh: 1: exec: sudo: not found\n', 'SUDO_MISSING'],
    ['sh: line 1: exec: sudo: not found\n', 'SUDO_MISSING'],
    ['sudo: /etc/sudoers is owned by uid 2000, should be 0\n', 'SUDO_FAILED'],
    ['', 'SUDO_FAILED'],
  ])('%j', (text, code) => {
    expect(of(text)).toBe(code);
  });

  it('is told harmless and bounded where it is not known', () => {
    const refusal = sudoRefusal(Buffer.from(`\u001b[2Jodd ${'x'.repeat(9_000)}`), 'pi-1');
    if (refusal === 'password') throw new Error('No password is wanted.');
    expect(refusal.message).toMatch(/^pi-1 gave no root: odd x+\.$/);
    expect(refusal.message.length).toBeLessThan(400);
  });
});
