import { expect, it } from 'vitest';
import { webAddress } from './open-actions.ts';

it.each([
  ['https://git.rack.example', 'https://git.rack.example/'],
  ['http://10.0.0.5:3000', 'http://10.0.0.5:3000/'],
  ['javascript:alert(1)', null],
  ['file:///etc/passwd', null],
  ['https://user:word@example.com', null],
  ['postgres://db-1', null],
  ['no address', null],
  [null, null],
])('opens %s as %s', (url, address) => {
  expect(webAddress(url)).toBe(address);
});
