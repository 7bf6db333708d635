import { describe, expect, it } from 'vitest';
import { allowsAgain, noPasswords, placeFor, withBlock, withoutBlock } from './sshd-text.ts';

const include = 'Include /etc/ssh/sshd_config.d/*.conf\n';

describe('placeFor', () => {
  it('takes a file of its own only where that is read, and read first', () => {
    expect(placeFor(`# x\n${include}UsePAM yes\nPasswordAuthentication yes\n`)).toBe('drop-in');
    expect(placeFor(`include "sshd_config.d/*.conf"\n`)).toBe('drop-in');
    expect(placeFor(`PasswordAuthentication yes\n${include}`)).toBe('main');
    expect(placeFor(`#PasswordAuthentication yes\n${include}`)).toBe('drop-in');
    expect(placeFor('UsePAM yes\n')).toBe('main');
    expect(placeFor(`# ${include}`)).toBe('main');
    expect(placeFor(`Match User bob\n${include}`)).toBe('main');
    expect(placeFor('Include /etc/ssh/other/*.conf\n')).toBe('main');
  });
});

it('puts its block before everything, once, and takes out exactly that', () => {
  const text = 'UsePAM yes\nMatch User bob\n  PasswordAuthentication yes\n';
  const block = withBlock(text, noPasswords(true));
  expect(block).toBe(
    `# rackhelm begin\nPasswordAuthentication no\nChallengeResponseAuthentication no\n# rackhelm end\n${text}`,
  );
  expect(withBlock(block, noPasswords(true))).toBe(block);
  expect(withoutBlock(block)).toBe(text);
  expect(withoutBlock(text)).toBe(text);
});

it('finds Match blocks that allow passwords again, each once and up to the end of its file', () => {
  const main = '/etc/ssh/sshd_config';
  expect(
    allowsAgain([
      `${main}:PasswordAuthentication yes`,
      `${main}:Match User bob`,
      `${main}:  PasswordAuthentication yes`,
      `${main}:  KbdInteractiveAuthentication yes`,
      `${main}:match Address 10.0.0.0/8`,
      `${main}:  passwordauthentication no`,
      '/etc/ssh/sshd_config.d/50.conf:PasswordAuthentication yes',
      '/etc/ssh/sshd_config.d/50.conf:Match Group=x',
      '/etc/ssh/sshd_config.d/50.conf:PasswordAuthentication = yes',
    ]).map(({ match }) => match),
  ).toEqual(['User bob', 'Group=x']);
});
