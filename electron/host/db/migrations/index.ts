import { inventoryTables, supportTables } from './0001-inventory.ts';
import { proposalTables } from './0002-proposals.ts';
import { readings } from './0003-readings.ts';
import { changeSubjects } from './0004-change-subjects.ts';
import { comparisonTables } from './0005-comparison.ts';
import { importIndex } from './0006-imports.ts';
import { wholeModel } from './0007-whole-model.ts';
import { networks } from './0008-networks.ts';
import { suppressions } from './0009-suppressions.ts';
import { battery } from './0010-battery.ts';
import { changeLog } from './0011-change-log.ts';
import { leanerRows } from './0012-leaner-rows.ts';
import { annotations } from './0013-annotations.ts';
import { redoableIndex } from './0014-redoable.ts';
import { reasons } from './0015-reasons.ts';
import { onboardingDrafts } from './0016-onboarding-drafts.ts';
import { secrets } from './0017-secrets.ts';
import { checks } from './0018-checks.ts';
import { jobs } from './0019-jobs.ts';
import { schedules } from './0020-schedules.ts';
import { draftSummaries } from './0021-draft-summaries.ts';
import { keyLogins } from './0022-key-logins.ts';
import { clusterContexts } from './0023-cluster-contexts.ts';
import { containerEngines } from './0024-container-engines.ts';
import { gpuSamples } from './0025-gpu-samples.ts';

export interface Migration {
  /** 1, 2, 3, … without gaps. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/** Append only: what once shipped is never edited, its checksum stands in people's databases. */
export const migrations: readonly Migration[] = [
  { version: 1, name: 'inventory', sql: inventoryTables + supportTables },
  { version: 2, name: 'proposals', sql: proposalTables },
  { version: 3, name: 'readings', sql: readings },
  { version: 4, name: 'change subjects', sql: changeSubjects },
  { version: 5, name: 'comparison', sql: comparisonTables },
  { version: 6, name: 'imports', sql: importIndex },
  { version: 7, name: 'whole-model', sql: wholeModel },
  { version: 8, name: 'networks', sql: networks },
  { version: 9, name: 'suppressions', sql: suppressions },
  { version: 10, name: 'battery', sql: battery },
  { version: 11, name: 'change log', sql: changeLog },
  { version: 12, name: 'leaner rows', sql: leanerRows },
  { version: 13, name: 'annotations', sql: annotations },
  { version: 14, name: 'redoable', sql: redoableIndex },
  { version: 15, name: 'reasons', sql: reasons },
  { version: 16, name: 'onboarding drafts', sql: onboardingDrafts },
  { version: 17, name: 'secrets', sql: secrets },
  { version: 18, name: 'checks', sql: checks },
  { version: 19, name: 'jobs', sql: jobs },
  { version: 20, name: 'schedules', sql: schedules },
  { version: 21, name: 'draft summaries', sql: draftSummaries },
  { version: 22, name: 'key logins', sql: keyLogins },
  { version: 23, name: 'cluster contexts', sql: clusterContexts },
  { version: 24, name: 'container engines', sql: containerEngines },
  { version: 25, name: 'gpu samples', sql: gpuSamples },
];
