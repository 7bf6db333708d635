import { expect, it } from 'vitest';
import { checkResult } from '../../../../shared/checks/check.ts';
import { readSample } from '../read-sample.ts';
import { parts, recorded } from '../recorded.ts';
import { checkGpus } from './index.ts';

function statusOf(told: Parameters<typeof parts>[0]) {
  const found = parts(told);
  const results = checkGpus(found, {
    subject: { id: null, name: 'gpu-1' },
    sample: readSample(found, 1_000),
    user: 'ada',
    at: 1_000,
    durationMs: 10,
    report: (error) => {
      throw error;
    },
  });
  for (const result of results) checkResult.parse(result);
  const find = (check: string, part = '') =>
    results.find((one) => one.check === `gpu.${check}` && one.part.startsWith(part));
  return find;
}

const card = 'card 0000:01:00.0 0x10de nvidia\n';
const sound = {
  nvidia: recorded.rtx3090,
  driver: `loaded NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.14  Thu Feb 22\ninstalled 550.54.14\n${card}`,
  toolkit:
    'tool nvidia-ctk NVIDIA Container Toolkit CLI version 1.14.3\ntool nvidia-container-runtime \n',
  engine: '{"version":"26.1.0","runtimes":{"runc":{},"nvidia":{}},"default":"runc"}\n',
  kernel: 'dmesg\n',
};

it('passes a sound machine', () => {
  const find = statusOf(sound);
  for (const check of ['driver', 'container-toolkit', 'link', 'slowed-down', 'kernel-log'])
    expect([check, find(check)?.status]).toEqual([check, 'pass']);
  expect(find('memory-errors')?.status).toBe('not-applicable');
});

it('tells of a driver that was updated under the one that runs', () => {
  const driver = sound.driver.replace('installed 550.54.14', 'installed 550.120');
  const result = statusOf({ ...sound, driver })('driver');
  expect(result).toMatchObject({ status: 'fail', fix: { kind: 'steps' } });
  expect(result?.found).toContain('550.120 is installed');
});

it('tells of a card that has no driver, the wrong one, or is held back for a virtual machine', () => {
  const holds = (name: string) =>
    statusOf({ driver: `card 0000:01:00.0 0x10de ${name}\n` })('driver');
  expect(holds('')?.status).toBe('fail');
  expect(holds('nouveau')?.found).toContain('cannot compute');
  expect(holds('vfio-pci')?.status).toBe('warn');
});

it('says nothing against a machine without a card of NVIDIA', () => {
  const find = statusOf({ driver: 'card 0000:00:02.0 0x8086 i915\n', kernel: 'dmesg\n' });
  expect(find('driver')?.status).toBe('not-applicable');
  expect(find('container-toolkit')?.status).toBe('not-applicable');
});

it('tells of a toolkit that is missing, not known to Docker, or reached by CDI', () => {
  expect(statusOf({ ...sound, toolkit: '' })('container-toolkit')?.status).toBe('warn');
  const engine = '{"version":"26.1.0","runtimes":{"runc":{}},"default":"runc"}';
  const unknown = statusOf({ ...sound, engine })('container-toolkit');
  expect(unknown).toMatchObject({
    status: 'warn',
    fix: { steps: [expect.any(String), expect.stringContaining('cdi generate')] },
  });
  const cdi = `${sound.toolkit}cdi /etc/cdi/nvidia.yaml\n`;
  expect(statusOf({ ...sound, engine, toolkit: cdi })('container-toolkit')?.status).toBe('pass');
  const denied = { end: 1, text: '{"version":"","runtimes":null,"default":""}' };
  expect(statusOf({ ...sound, engine: denied })('container-toolkit')?.status).toBe('unknown');
});

it('tells of a narrow slot, of heat and of memory that fails, each by its card', () => {
  const find = statusOf({ ...sound, nvidia: recorded.two });
  expect(find('link', 'GPU-bbbb')?.found).toContain('4 of 16 lanes');
  expect(find('slowed-down', 'GPU-bbbb')?.status).toBe('warn');
  expect(find('memory-errors', 'GPU-aaaa')?.status).toBe('fail');
  // A card at rest goes to a lower generation, which is no fault.
  expect(find('link', 'GPU-aaaa')?.status).toBe('pass');
});

it('tells errors of the kernel log in words, and knows those of programs from those of cards', () => {
  const log = (lines: string) => statusOf({ ...sound, kernel: `dmesg\n${lines}` })('kernel-log');
  const fell = log(
    '[12345.678901] NVRM: Xid (PCI:0000:01:00): 79, pid=1234, GPU has fallen off the bus.\n',
  );
  expect(fell).toMatchObject({ status: 'fail' });
  expect(fell?.found).toContain('(XID 79): The card has fallen off the bus');
  expect(log('[5.1] NVRM: Xid (PCI:0000:01:00): 31, pid=9, name=python3\n')?.status).toBe('warn');
  expect(log('[5.1] NVRM: Xid (PCI:0000:01:00): 999, pid=9\n')?.found).toContain('error 999');
  expect(statusOf({ ...sound, kernel: { end: 1, text: '' } })('kernel-log')?.status).toBe(
    'unknown',
  );
});
