import { useState } from 'react';
import type { ShownCheck } from '../../../shared/checks/check.ts';
import { CheckList } from '../../ui/check-list/check-list.tsx';
import { specimenCheck, specimenChecks } from '../../ui/check-list/check-specimens.ts';
import { checkKey } from '../../ui/check-list/check-words.ts';
import { ToggleChip } from '../../ui/filter-menu.tsx';
import { PlanPreview } from '../../ui/plan-preview/plan-preview.tsx';
import { specimenLanes } from '../../ui/plan-preview/plan-specimens.ts';
import { Section } from '../../ui/section.tsx';

const many: readonly ShownCheck[] = Array.from({ length: 600 }, (_, n) =>
  specimenCheck('port', n % 7 === 0 ? 'fail' : 'pass', {
    part: `${6443 + (n % 30)}/tcp`,
    group: `Ports of pi-${Math.floor(n / 30) + 1}`,
    subject: { id: null, name: `pi-${Math.floor(n / 30) + 1}` },
    title: 'Port',
    found: n % 7 === 0 ? 'It was refused.' : 'It is open from everywhere.',
  }),
);
const [first] = specimenChecks;
const running: ReadonlySet<string> = new Set(first === undefined ? [] : [checkKey(first)]);
const plans = { one: specimenLanes(1), many: specimenLanes(16) };

/** Results of checks and plans in their states. */
export function CheckSpecimens() {
  const [long, setLong] = useState(false);
  const [machines, setMachines] = useState<'one' | 'many'>('many');
  return (
    <>
      <Section
        title="Check list"
        actions={
          <ToggleChip on={long} onChange={setLong}>
            600 of them
          </ToggleChip>
        }
      >
        <CheckList
          label="specimen checks"
          checks={long ? many : specimenChecks}
          running={running}
          onRun={() => undefined}
          onFix={() => undefined}
          onAccept={async () => null}
          onUnaccept={() => undefined}
        />
      </Section>
      <Section
        title="Plan preview"
        actions={
          <ToggleChip on={machines === 'many'} onChange={(on) => setMachines(on ? 'many' : 'one')}>
            16 machines
          </ToggleChip>
        }
      >
        <PlanPreview key={machines} lanes={plans[machines]} onExport={() => undefined} />
      </Section>
    </>
  );
}
