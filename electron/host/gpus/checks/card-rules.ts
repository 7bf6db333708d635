import type { GpuReading } from '../../../../shared/gpus/gpu-reading.ts';
import { throttlingWords } from '../../../../shared/gpus/throttling.ts';
import type { Verdict } from '../../engine/checks/index.ts';
import { readKernelLog } from '../parse/kernel-log.ts';
import type { GpuCheck } from './driver-rules.ts';
import { bySteps, type GpuRead } from './gpu-evidence.ts';

const group = 'Graphics processors';
const asked = 'nvidia-smi --query-gpu=…';

/** One verdict for each card, in its own part. */
function perCard(read: GpuRead, rule: (gpu: GpuReading) => Verdict): readonly Verdict[] {
  if (read.sample.gpus.length === 0)
    return [
      { status: 'unknown', found: 'No card answered.', evidence: read.shows('nvidia', asked) },
    ];
  return read.sample.gpus.map((gpu) => ({
    part: gpu.key,
    evidence: read.shows('nvidia', asked),
    ...rule(gpu),
  }));
}

const called = (gpu: GpuReading) => `Card ${gpu.index}, ${gpu.name}`;

export const link: GpuCheck = {
  id: 'gpu.link',
  group,
  title: 'Lanes of the bus',
  why: 'A card in a narrow slot loads models slowly and shares work with other cards badly.',
  rule: (read) =>
    perCard(read, (gpu) => {
      const {
        width = null,
        mostWidth = null,
        generation = null,
        mostGeneration = null,
      } = gpu.link ?? {};
      if (width === null || mostWidth === null)
        return { status: 'unknown', found: `${called(gpu)}, does not tell its lanes.` };
      // To save power a card at rest goes to a lower generation, never to fewer lanes.
      const speed =
        generation === null ? '' : `, generation ${generation} of ${mostGeneration ?? '?'}`;
      if (width >= mostWidth)
        return { status: 'pass', found: `${called(gpu)}: all ${width} lanes${speed}.` };
      return {
        status: 'warn',
        found: `${called(gpu)}: ${width} of ${mostWidth} lanes${speed}.`,
        fix: bySteps(
          'See whether the slot has all lanes: the handbook of the mainboard tells which share them with others.',
          'Take the card out and put it in again; try it without a riser.',
        ),
      };
    }),
};

export const memoryErrors: GpuCheck = {
  id: 'gpu.memory-errors',
  group,
  title: 'Errors of the memory',
  why: 'What cannot be corrected makes results wrong, or ends what computes.',
  rule: (read) =>
    perCard(read, (gpu) => {
      if (gpu.ecc === null)
        return {
          status: 'not-applicable',
          found: `${called(gpu)}, does not count errors of its memory (it has no ECC, or it is off).`,
        };
      const { corrected, uncorrected } = gpu.ecc;
      const found = `${called(gpu)}: ${corrected} corrected, ${uncorrected} uncorrected since the driver was loaded.`;
      if (uncorrected > 0)
        return {
          status: 'fail',
          found,
          fix: bySteps('Restart the machine. If they come again, the card has to be replaced.'),
        };
      return { status: corrected > 0 ? 'warn' : 'pass', found };
    }),
};

export const slowed: GpuCheck = {
  id: 'gpu.slowed-down',
  group,
  title: 'Slowed down by heat or power',
  why: 'A card that is too hot or lacks power computes at a fraction of its clock, and nothing else tells it.',
  rule: (read) =>
    perCard(read, (gpu) => {
      if (gpu.throttling === null)
        return { status: 'unknown', found: `${called(gpu)}, does not tell.` };
      const [first] = throttlingWords(gpu.throttling);
      if (first?.weight !== 'trouble')
        return { status: 'pass', found: `${called(gpu)}: ${first?.says ?? 'at full clock.'}` };
      return { status: 'warn', found: `${called(gpu)}: ${first.says}`, fix: bySteps(first.mend) };
    }),
};

export const kernelLog: GpuCheck = {
  id: 'gpu.kernel-log',
  group,
  title: 'Errors that the kernel wrote down',
  why: 'The driver reports errors of a card (XID) to the kernel only; a card that dies tells it there first.',
  rule(read) {
    const part = read.parts.get('kernel');
    const evidence = read.shows('kernel', 'dmesg, or journalctl -k');
    if (part?.end !== 0)
      return {
        status: 'unknown',
        found: 'The log of the kernel can only be read by root, or by the group systemd-journal.',
        evidence,
      };
    const events = readKernelLog(part.text);
    const ofCard = events.filter(({ cause }) => cause === 'card');
    const newest = ofCard.at(-1) ?? events.at(-1);
    if (!newest) return { status: 'pass', found: 'None since it was started.', evidence };
    const count = ofCard.length > 0 ? ofCard.length : events.length;
    const code = newest.code > 0 ? ` (XID ${newest.code})` : '';
    const found = `${count === 1 ? 'One' : count} since it was started; the last${code}: ${newest.says}`;
    if (ofCard.length === 0) return { status: 'warn', found, evidence };
    return {
      status: 'fail',
      found,
      evidence,
      fix: bySteps(
        'Look at the temperature, the power cables, the riser; then restart the machine.',
        'If it comes again in another slot, the card is broken.',
      ),
    };
  },
};
