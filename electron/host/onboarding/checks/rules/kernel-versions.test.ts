import { expect, it } from 'vitest';
import { newestKernel } from './kernel-versions.ts';

it.each([
  ['6.8.0-45-generic', ['6.8.0-45-generic', '6.8.0-60-generic'], '6.8.0-60-generic'],
  ['6.8.0-60-generic', ['6.8.0-45-generic', '6.8.0-60-generic'], null],
  ['6.12.25+rpt-rpi-v8', ['6.12.25+rpt-rpi-v8', '6.12.30+rpt-rpi-2712'], null],
  ['6.12.25+rpt-rpi-v8', ['6.12.25+rpt-rpi-v8', '6.12.30+rpt-rpi-v8'], '6.12.30+rpt-rpi-v8'],
  ['4.18.0-240.el8.x86_64', ['4.18.0-305.el8.x86_64'], '4.18.0-305.el8.x86_64'],
  ['6.1.0-9-amd64', ['6.1.0-10-amd64', '6.1.0-9-amd64', '6.1.0-9-rt-amd64'], '6.1.0-10-amd64'],
  ['6.6.31-0-lts', ['6.6.31-0-lts'], null],
  ['6.18.44-fc-v857', [], null],
  ['6.1.0', ['rescue-0af', '', 'x'.repeat(1_000)], null],
])('of %s among %j the newer one is %s', (running, installed, newest) => {
  expect(newestKernel(running, installed)).toBe(newest);
});
