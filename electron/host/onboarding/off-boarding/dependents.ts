import { type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import type {
  OffboardingAnswers,
  OffboardingPreview,
} from '../../../../shared/onboarding/off-boarding.ts';
import type { Database } from '../../db/index.ts';

type Dependent = OffboardingPreview['dependents'][number];

/** What becomes of what leans on the device, by kind; `warning`: somebody has to see to it. */
const words: Partial<Record<KindName, { weight: Dependent['weight']; says: string }>> = {
  'service-runs-on': {
    weight: 'warning',
    says: 'It runs them. They stay, and stand on a device that is retired until you move them.',
  },
  'storage-pool': { weight: 'warning', says: 'Their data lies on it. Move it before it goes.' },
  volume: { weight: 'warning', says: 'Their data lies on it. Move it before it goes.' },
  'ci-runner': { weight: 'warning', says: 'They work on it, and no job would find them any more.' },
  'ip-range': { weight: 'warning', says: 'It gives these addresses out.' },
  'power-point': { weight: 'info', says: 'They stay with it, and what it feeds loses its power.' },
  device: { weight: 'warning', says: 'They stand in or on it.' },
  gpu: { weight: 'info', says: 'They stay with it.' },
  port: { weight: 'info', says: 'They stay with it.' },
};

/** Everything that leans on a device or belongs to it, the weightiest first. */
export function dependentsOf(
  db: Database,
  deviceId: string,
  answers: OffboardingAnswers,
): Dependent[] {
  const told = db.tables.records.dependents(kindOf('device'), deviceId).map((one): Dependent => {
    const name = one.kind.name as KindName; // every kind has a name of the list
    const { weight, says } = wordsOf(name, answers);
    const names = one.names.slice(0, 20);
    const label = one.count === 1 ? one.kind.label : one.kind.plural;
    return { kind: name, label, names, count: one.count, says, weight };
  });
  return told
    .toSorted((a, b) => Number(b.weight === 'warning') - Number(a.weight === 'warning'))
    .slice(0, 40);
}

function wordsOf(
  kind: KindName,
  answers: OffboardingAnswers,
): { readonly weight: Dependent['weight']; readonly says: string } {
  if (kind === 'cluster-member') {
    return answers.leaveClusters
      ? {
          weight: 'warning',
          says: 'The inventory forgets that; let it leave the cluster itself first, which drains it and uninstalls K3s.',
        }
      : { weight: 'warning', says: 'It stays a member, though it is retired.' };
  }
  if (kind === 'interface') {
    const freed = answers.freeAddresses
      ? 'their addresses become free'
      : 'they keep their addresses';
    const cables = answers.deleteCables ? 'their cables are deleted' : 'their cables stay';
    return { weight: 'info', says: `They stay with it; ${freed}, and ${cables}.` };
  }
  return words[kind] ?? { weight: 'info', says: 'They stay as they are.' };
}
