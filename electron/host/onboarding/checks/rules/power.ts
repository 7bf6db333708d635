import type { MachineCheck } from '../context.ts';
import type { Preflight } from '../read.ts';
import { bySteps, fail, notApplicable, pass, unknown, untold, warn } from '../verdicts.ts';

const group = 'Power and heat';

/** Bits of the firmware of a Raspberry Pi; sixteen higher it happened since the start. */
const bits = [
  [0, 'under-voltage'],
  [1, 'a bound on the processor’s frequency'],
  [2, 'throttling'],
  [3, 'the soft limit of temperature'],
] as const;

const betterSupply = bySteps(
  'Use the maker’s power supply (5 V, 3 A for a Pi 4, 5 A for a Pi 5) and a short, thick cable.',
  'Feed SSDs and other USB devices from a hub with a supply of its own; cool the board.',
);

export const throttling: MachineCheck = {
  id: 'onboarding.throttling',
  group,
  title: 'Power of the board',
  why: 'A Pi that gets too little voltage or too hot slows down, loses writes to its disk and restarts by chance.',
  rule(machine) {
    const shown = [...machine.shows('vcgencmd'), ...machine.showsFiles(...lowVoltage(machine))];
    const flags = throttledFlags(machine);
    const low = lowVoltage(machine).map((path) => machine.line(path));
    if (flags === null && low.length === 0) {
      if (machine.facts.model.status === 'failed') return untold(machine, 'model', shown);
      const isPi = machine.fact('model')?.manufacturer === 'Raspberry Pi';
      if (!isPi) return notApplicable('It is no Raspberry Pi.');
      return unknown('Neither vcgencmd nor the kernel tells; root may ask.', shown);
    }
    const now = bits.flatMap(([bit, what]) => (((flags ?? 0) >>> bit) & 1 ? [what] : []));
    const before = bits.flatMap(([bit, what]) => (((flags ?? 0) >>> (bit + 16)) & 1 ? [what] : []));
    if (flags === null && low.includes('1')) now.push('under-voltage');
    if (now.length > 0) return fail(`Now: ${now.join(', ')}.`, shown, betterSupply);
    if (before.length > 0)
      return warn(`Since its start: ${before.join(', ')}.`, shown, betterSupply);
    return pass('Neither under-voltage nor throttling since its start.', shown);
  },
};

function throttledFlags(machine: Preflight): number | null {
  const told = /throttled=0x([0-9a-f]{1,8})\b/i.exec(machine.part('vcgencmd')?.text ?? '')?.[1];
  if (told) return Number.parseInt(told, 16);
  // This path has a colon of its own, after which `grep -H` is taken to begin.
  for (const path of machine.paths.filter((each) => /^\/sys\/devices\/platform\/soc/.test(each))) {
    const file = /get_throttled:\s*(?:0x)?([0-9a-f]{1,8})$/i.exec(machine.line(path) ?? '')?.[1];
    if (file) return Number.parseInt(file, 16);
  }
  return null;
}

function lowVoltage(machine: Preflight): readonly string[] {
  return machine.paths.filter((path) => /^\/sys\/class\/hwmon\/[^/]+\/in0_lcrit_alarm$/.test(path));
}

export const temperature: MachineCheck = {
  id: 'onboarding.temperature',
  group,
  title: 'Temperature',
  why: 'From 80 °C on most boards slow down.',
  rule(machine) {
    const paths = machine.paths.filter((path) => /^\/sys\/class\/thermal\/[^/]+\/temp$/.test(path));
    const degrees = paths.flatMap((path) => {
      const value = Number(machine.line(path));
      return Number.isFinite(value) && value > 0 && value < 150_000 ? [value / 1_000] : [];
    });
    if (degrees.length === 0 && !machine.told) return unknown('It was not told.');
    if (degrees.length === 0) return notApplicable('It has no sensor that Linux reads.');
    const most = Math.max(...degrees);
    const found = `${Math.round(most)} °C.`;
    const shown = machine.showsFiles(...paths.slice(0, 20));
    return most >= 80
      ? warn(found, shown, bySteps('Cool it: a heat sink, a fan, or more room.'))
      : pass(found, shown);
  },
};
