import { describe, expect, it } from 'vitest';
import { filesOf, type PartFixture, sectionsOf } from './output-fixture.ts';

const gpus = (parts: Record<string, PartFixture>) => sectionsOf(parts).gpus;
const uuid = 'GPU-5a1b2c3d-0000-1111-2222-333344445555';
const rtx3090 = `0, ${uuid}, NVIDIA GeForce RTX 3090, 550.120, 24576, 1032, 47, 12, 112.35, 350.00, 0x0000000000000024\n`;
const invalidField = {
  end: 2,
  text: 'Field "clocks_event_reasons.active" is not a valid field to query.\n\n',
};

describe('NVIDIA GPUs', () => {
  it('reads an RTX 3090, throttling reasons by name', () => {
    expect(gpus({ 'nvidia-smi': rtx3090 })).toEqual({
      status: 'ok',
      data: [
        {
          index: 0,
          uuid,
          name: 'NVIDIA GeForce RTX 3090',
          driverVersion: '550.120',
          memoryTotalBytes: 24576 * 1024 * 1024,
          memoryUsedBytes: 1032 * 1024 * 1024,
          temperatureC: 47,
          utilizationPercent: 12,
          powerDrawW: 112.35,
          powerLimitW: 350,
          throttleReasons: 'sw_power_cap, sw_thermal_slowdown',
        },
      ],
    });
  });

  it('takes the older answer where the driver does not know the field', () => {
    const parts = { 'nvidia-smi': invalidField, 'nvidia-smi-older': rtx3090 };
    expect(gpus(parts)).toMatchObject({ status: 'ok', data: [{ index: 0 }] });
    expect(gpus({ 'nvidia-smi': invalidField, 'nvidia-smi-older': invalidField })).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('not a valid field'),
    });
  });

  it('makes null of what a card does not tell', () => {
    const line = `1, ${uuid}, Tesla K80, 470.256.02, [N/A], [Not Supported], [Insufficient Permissions], [Unknown Error], N/A, [N/A], [N/A]\n`;
    expect(gpus({ 'nvidia-smi': line })).toMatchObject({
      data: [
        {
          memoryTotalBytes: null,
          memoryUsedBytes: null,
          temperatureC: null,
          utilizationPercent: null,
          powerDrawW: null,
          powerLimitW: null,
          throttleReasons: null,
        },
      ],
    });
  });

  it('reads several, and no reason at all', () => {
    const two =
      rtx3090.replace('0000000000000024', '0000000000000000') +
      rtx3090.replace(/^0/, '1').replace('24\n', '01\n');
    expect(gpus({ 'nvidia-smi': two })).toMatchObject({
      data: [
        { index: 0, throttleReasons: 'none' },
        { index: 1, throttleReasons: 'gpu_idle' },
      ],
    });
  });

  it('keeps the rows beside a warning that has a code of its own', () => {
    const warned = { end: 14, text: `${rtx3090}WARNING: infoROM is corrupted at gpu 0000:01:00.0` };
    expect(gpus({ 'nvidia-smi': warned, 'nvidia-smi-older': warned })).toMatchObject({
      status: 'ok',
      data: [{ index: 0, uuid }],
    });
    // What was stopped in the middle may lack the cards that hang.
    expect(gpus({ 'nvidia-smi': { end: 'late', text: rtx3090 } })).toMatchObject({
      reason: expect.stringContaining('no answer in time'),
    });
  });

  it('has no memory where the figure is none, and keeps the other cards', () => {
    const odd = rtx3090.replace('24576', '-1').replace('1032', '99999999999999999999');
    expect(gpus({ 'nvidia-smi': odd + rtx3090.replace(/^0/, '1') })).toMatchObject({
      status: 'ok',
      data: [{ memoryTotalBytes: null, memoryUsedBytes: null }, { index: 1 }],
    });
  });

  it('does not say that a Jetson has none', () => {
    const tree = '/proc/device-tree/compatible:nvidia,p3450-0000nvidia,tegra210';
    expect(gpus({ 'device-tree': tree })).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('Jetson'),
    });
  });

  it('tells no card, a card without a driver, a broken driver and a hang apart', () => {
    expect(gpus({ 'nvidia-smi': 'No devices were found\n' })).toMatchObject({ status: 'absent' });
    expect(gpus({})).toMatchObject({ status: 'absent' });
    const device = '/sys/bus/pci/devices/0000:01:00.0/';
    const files = filesOf({ [`${device}vendor`]: '0x10de', [`${device}class`]: '0x030000' });
    expect(gpus({ files })).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('driver'),
    });
    const broken = {
      end: 9,
      text: "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.",
    };
    expect(gpus({ 'nvidia-smi': broken })).toMatchObject({
      reason: expect.stringContaining("couldn't communicate"),
    });
    expect(gpus({ 'nvidia-smi': { end: 'late', text: '' } })).toMatchObject({
      reason: expect.stringContaining('no answer in time'),
    });
    expect(gpus({ 'nvidia-smi': 'garbage' })).toMatchObject({ status: 'failed' });
  });
});
