import type { ThrottleReason } from './gpu-reading.ts';

/** Bits of NVML's nvmlClocksEventReasons, in its header nvml.h. */
const bits: readonly (readonly [bigint, ThrottleReason])[] = [
  [0x1n, 'idle'],
  [0x2n, 'clocks-setting'],
  [0x4n, 'power-cap'],
  [0x8n, 'hardware-slowdown'],
  [0x10n, 'sync-boost'],
  [0x20n, 'thermal-software'],
  [0x40n, 'thermal-hardware'],
  [0x80n, 'power-brake'],
  [0x100n, 'display-setting'],
];

/** `0x0000000000000004`, as nvidia-smi prints it. Null where it is no such mask. */
export function throttlingOfMask(text: string): ThrottleReason[] | null {
  if (!/^0x[0-9a-f]{1,16}$/i.test(text)) return null;
  const mask = BigInt(text);
  return bits.filter(([bit]) => (mask & bit) !== 0n).map(([, reason]) => reason);
}

interface Words {
  /** `calm`: as it should be; `limit`: somebody wanted it so; `trouble`: something is wrong. */
  readonly weight: 'calm' | 'limit' | 'trouble';
  readonly says: string;
  readonly mend: string;
}

const words: Readonly<Record<ThrottleReason, Words>> = {
  idle: { weight: 'calm', says: 'It has nothing to do and saves power.', mend: '' },
  'clocks-setting': {
    weight: 'limit',
    says: 'Its clock was fixed below what it could do.',
    mend: 'nvidia-smi --reset-gpu-clocks lets it go as fast as it can.',
  },
  'power-cap': {
    weight: 'limit',
    says: 'It has reached its power limit.',
    mend: 'That is usual under full load. A higher limit, as far as card and power supply allow it, makes it a little faster.',
  },
  'hardware-slowdown': {
    weight: 'trouble',
    says: 'The card itself slows down to half its clock or less: it is too hot, or lacks power.',
    mend: 'Look at the temperature, at the fans, and at the power cables of the card.',
  },
  'sync-boost': {
    weight: 'limit',
    says: 'It keeps to the clock of the slowest card of its group.',
    mend: '',
  },
  'thermal-software': {
    weight: 'trouble',
    says: 'The driver slows it down because it gets too hot.',
    mend: 'Look at the air around it and at its fans; a lower power limit costs little and cools much.',
  },
  'thermal-hardware': {
    weight: 'trouble',
    says: 'It is too hot, and the card itself slows down.',
    mend: 'Look at the fans and at the air around it, before it turns itself off.',
  },
  'power-brake': {
    weight: 'trouble',
    says: 'The power supply asked the card to slow down.',
    mend: 'The power supply is too weak, or a cable of the card is loose.',
  },
  'display-setting': {
    weight: 'limit',
    says: 'A setting of the display bounds its clock.',
    mend: '',
  },
};

/** In words, what is wrong first. */
export function throttlingWords(reasons: readonly ThrottleReason[]): readonly Words[] {
  const order = { trouble: 0, limit: 1, calm: 2 };
  return reasons.map((reason) => words[reason]).sort((a, b) => order[a.weight] - order[b.weight]);
}
