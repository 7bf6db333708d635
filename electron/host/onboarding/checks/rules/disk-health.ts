import { z } from 'zod';
import type { Verdict } from '../../../engine/checks/index.ts';
import type { Part } from '../../../facts/index.ts';
import type { MachineCheck } from '../context.ts';
import type { Preflight } from '../read.ts';
import { bySteps, endOf, fail, notApplicable, onlyRoot, pass, unknown, warn } from '../verdicts.ts';

const number = z.number().nullish().catch(null);
const attribute = z.object({ id: z.number(), raw: z.object({ value: z.number() }) });

/** As `smartctl -j` of 7.0 and later prints it; members that are not as expected are not there. */
const smart = z.object({
  smart_status: z.object({ passed: z.boolean() }).nullish().catch(null),
  power_mode: z.unknown().optional(),
  ata_smart_attributes: z
    .object({ table: z.array(attribute.nullable().catch(null)) })
    .nullish()
    .catch(null),
  nvme_smart_health_information_log: z
    .object({
      critical_warning: number,
      percentage_used: number,
      available_spare: number,
      media_errors: number,
    })
    .nullish()
    .catch(null),
  temperature: z.object({ current: number }).nullish().catch(null),
});

/** As `nvme smart-log -o json` prints it. */
const nvmeLog = z.object({
  critical_warning: z.number(),
  percent_used: number,
  percentage_used: number,
  avail_spare: number,
  media_errors: number,
});

/** Sectors that were moved, wait to be, or could not be read. */
const badSectors: Readonly<Record<number, string>> = {
  5: 'moved',
  197: 'waiting to be moved',
  198: 'unreadable',
};

const replace = bySteps(
  'Save what is on this disk now.',
  'Replace it before the machine gets work.',
);

export const diskHealth: MachineCheck = {
  id: 'onboarding.disk-health',
  group: 'Storage',
  title: 'Health of the disks',
  why: 'A disk that counts errors fails soon, and takes what lies on it along.',
  rule(machine) {
    const told = [...machine.partsOf('smart:'), ...machine.partsOf('nvme:')];
    const verdicts = [
      ...told.map(([disk, part]) => ({ ...ofDisk(machine, disk, part), part: disk })),
      ...cards(machine),
    ];
    if (verdicts.length > 0) return verdicts;
    if (machine.rootProblem !== null) return onlyRoot(machine, 'The health of the disks');
    if (!machine.told) return unknown('What the machine has was not heard.');
    const disks = machine.paths.filter((path) =>
      /^\/sys\/block\/(sd|hd|nvme)[^/]*\/removable$/.test(path),
    );
    if (disks.length === 0) return notApplicable('It has no disk that tells its health.');
    if (machine.hasTool('smartctl') || machine.hasTool('nvme'))
      return unknown('The disks gave no answer.');
    return unknown(
      'smartctl is not installed, so that the disks are not asked.',
      machine.shows('there', /^@(smartctl|nvme)$/),
      {
        kind: 'phase',
        phase: 'packages',
        title: 'Install smartmontools',
        params: { packages: ['smartmontools'] },
      },
    );
  },
};

function ofDisk(machine: Preflight, disk: string, part: Part): Verdict {
  const isNvme = machine.part(`smart:${disk}`) === undefined;
  const shown = machine.shows(isNvme ? `nvme:${disk}` : `smart:${disk}`);
  const json = jsonOf(part.text);
  const problems = isNvme
    ? nvmeProblems(nvmeLog.safeParse(json).data)
    : smartProblems(smart.safeParse(json).data);
  if (problems === null) {
    const why = /STANDBY|SLEEP/i.test(part.text)
      ? `${disk} sleeps and was not woken.`
      : /Unknown USB bridge|Unable to detect device type/i.test(part.text)
        ? `What ${disk} is connected through does not pass its health on.`
        : endOf('The tool', part);
    return unknown(why, shown);
  }
  if (problems.bad.length > 0) return fail(`${disk}: ${problems.bad.join(', ')}.`, shown, replace);
  if (problems.worn.length > 0)
    return warn(`${disk}: ${problems.worn.join(', ')}.`, shown, replace);
  return pass(`${disk} finds itself healthy.`, shown);
}

interface Problems {
  readonly bad: readonly string[];
  readonly worn: readonly string[];
}

/** Null: it does not tell. */
function smartProblems(told: z.infer<typeof smart> | undefined): Problems | null {
  if (
    !told ||
    (!told.smart_status && !told.ata_smart_attributes && !told.nvme_smart_health_information_log)
  )
    return null;
  const sectors = (told.ata_smart_attributes?.table ?? []).flatMap((each) => {
    const what = each ? badSectors[each.id] : undefined;
    // The upper bytes of some makers hold other counts.
    const count = each ? each.raw.value % 2 ** 32 : 0;
    return what && count > 0 ? `${count} sectors ${what}` : [];
  });
  const own = told.smart_status?.passed === false ? ['it says of itself that it fails'] : [];
  const log = told.nvme_smart_health_information_log;
  const nvme = log
    ? logProblems(log.critical_warning, log.percentage_used, log.media_errors)
    : { bad: [], worn: [] };
  return { bad: [...own, ...nvme.bad], worn: [...sectors, ...nvme.worn] };
}

function nvmeProblems(told: z.infer<typeof nvmeLog> | undefined): Problems | null {
  return told
    ? logProblems(
        told.critical_warning,
        told.percent_used ?? told.percentage_used,
        told.media_errors,
      )
    : null;
}

function logProblems(
  warning: number | null | undefined,
  used: number | null | undefined,
  errors: number | null | undefined,
): Problems {
  return {
    bad: warning ? [`critical warning ${warning}`] : [],
    worn: [
      ...(used !== null && used !== undefined && used >= 80
        ? [`${used} % of its life is used`]
        : []),
      ...(errors ? [`${errors} errors of its cells`] : []),
    ],
  };
}

/** eMMC tells by two files: life in steps of ten percent, and what is left in reserve. */
function cards(machine: Preflight): readonly Verdict[] {
  return machine.paths.flatMap((path) => {
    const disk = /^\/sys\/block\/(mmcblk\d+)\/device\/life_time$/.exec(path)?.[1];
    if (!disk) return [];
    const eol = `/sys/block/${disk}/device/pre_eol_info`;
    const shown = machine.showsFiles(path, eol);
    const steps = (machine.line(path) ?? '').split(/\s+/).map((word) => Number.parseInt(word, 16));
    const used = Math.max(0, ...steps.filter((step) => step > 0 && step <= 11)) * 10;
    const reserve = Number.parseInt(machine.line(eol) ?? '', 16);
    const found =
      used === 0
        ? `${disk} does not tell its wear.`
        : `${disk}: up to ${Math.min(used, 100)} % of its life is used.`;
    if (reserve >= 2 || used > 90) return { ...fail(found, shown, replace), part: disk };
    if (used >= 80) return { ...warn(found, shown, replace), part: disk };
    return { ...(used === 0 ? unknown(found, shown) : pass(found, shown)), part: disk };
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.slice(Math.max(0, text.indexOf('{')), text.lastIndexOf('}') + 1));
  } catch {
    // An error message, or an old smartctl without -j.
    return null;
  }
}
