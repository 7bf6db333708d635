import { z } from 'zod';
import type { Probed } from '../../../../shared/jobs/plan.ts';
import { id } from '../../../../shared/model/inventory.ts';
import type { Attachments } from '../../annotations/index.ts';
import { type Database, WriterAway } from '../../db/index.ts';
import type { Phase } from '../../engine/jobs/index.ts';
import type { Machine } from '../../engine/machines/index.ts';
import { whenFree } from '../record/index.ts';

const params = z.object({ token: id, deviceId: id });
type Params = z.infer<typeof params>;
const saved = z.object({});

export interface ReportFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ReportNeeds {
  readonly db: Database;
  readonly attachments: Attachments;
  /** Checks the machine once more; the results are kept. */
  readonly recheck: (
    machine: Pick<Machine, 'name' | 'user' | 'run'>,
    of: { readonly jobId: string; readonly lane: string; readonly signal: AbortSignal },
  ) => Promise<void>;
  /** The pages of one lane, named so that they are found again. */
  readonly pages: (of: {
    readonly jobId: string;
    readonly lane: string;
  }) => Promise<readonly { readonly ending: 'md' | 'pdf'; readonly bytes: Uint8Array }[]>;
}

const endings = ['md', 'pdf'] as const;

/** `Onboarding 4f3a9c21.pdf`: the name tells which recording it belongs to. */
const fileName = ({ token }: Params, ending: string) => `Onboarding ${token.slice(-8)}.${ending}`;

/** Checks a machine again after all that was done, and keeps the report with its device. */
export function recordReportPhase(needs: ReportNeeds): Phase<Params, z.infer<typeof saved>> {
  const { db, attachments, recheck, pages } = needs;
  const kept = (given: Params) => {
    const names = endings.map((ending) => fileName(given, ending));
    return attachments.list(given.deviceId).filter(({ name }) => names.includes(name));
  };
  return {
    id: 'record-report',
    params,
    saved,
    title: () => 'Check it again and keep the report',
    lasting: () => null,
    probe: async (_, given) => standingOf(kept(given).length),
    plan: async () => [
      {
        kind: 'object',
        where: 'inventory',
        action: 'create',
        name: 'report of one page, attached to the device',
        before: null,
        after: 'as Markdown and PDF: what it is, what was found, what was changed, how to undo it',
      },
    ],
    save: async () => ({}),

    async apply({ machine, signal, jobId, lane, log }, given) {
      await recheck(machine, { jobId, lane, signal });
      const there = new Set(kept(given).map(({ name }) => name));
      for (const { ending, bytes } of await pages({ jobId, lane })) {
        const name = fileName(given, ending);
        if (there.has(name)) continue;
        await attach(attachments, given.deviceId, { name, bytes });
        log(`Attached ${name}.`);
      }
    },

    async undo(_, given) {
      // They go with the device, where that is gone already.
      if (!db.tables.devices.exists(given.deviceId)) return;
      for (const { id: attachmentId } of kept(given)) {
        await whenFree(() => attachments.remove({ id: attachmentId }));
      }
    },
  };
}

function standingOf(count: number): Probed {
  if (count === 0) return { standing: 'absent', found: 'There is no report yet.', evidence: [] };
  return count < endings.length
    ? { standing: 'partly', found: 'One of its two forms is kept.', evidence: [] }
    : { standing: 'present', found: 'The report is kept with the device.', evidence: [] };
}

async function attach(
  attachments: Attachments,
  deviceId: string,
  { name, bytes }: ReportFile,
): Promise<void> {
  const { upload } = attachments.begin({
    ...{ kind: 'device', id: deviceId, name },
    sizeBytes: bytes.length,
  } as const);
  attachments.append({ upload, offset: 0, bytes });
  for (;;) {
    try {
      await attachments.finish({ upload });
      return;
    } catch (error) {
      // Another thread writes; `finish` may be called again.
      if (!(error instanceof WriterAway)) throw error;
      await error.until;
    }
  }
}
