import { expect, it } from 'vitest';
import { exportFormats } from '../../../shared/contract/exchange.ts';
import { doneText, exportChoices, planText, targetLabel, totalsOf } from './exchange-words.ts';

it('counts only what there is', () => {
  expect(doneText({ add: 1_200, change: 0, delete: 1 })).toBe('1,200 added, 1 deleted');
  expect(planText({ add: 0, change: 2, delete: 0 })).toBe('2 to change');
  const kinds = [
    { kind: 'device', add: 1, change: 2, delete: 0 },
    { kind: 'vlan', add: 0, change: 1, delete: 3 },
  ] as const;
  expect(totalsOf({ kinds: [...kinds] })).toEqual({ add: 1, change: 3, delete: 3 });
});

it('calls columns as the window calls fields', () => {
  expect(targetLabel('device', 'memoryBytes')).toBe('Memory');
  expect(targetLabel('interface', '!disabled')).toBe('Not: Switched off');
  expect(targetLabel('address', 'interface.device')).toBe('Interface: Device');
  expect(targetLabel('address', 'id')).toBe('Id');
});

it('offers every format that can be written', () => {
  expect(exportChoices.map(({ format }) => format)).toEqual(exportFormats);
});
