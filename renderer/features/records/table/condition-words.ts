import type { RecordCondition } from '../../../../shared/contract/records.ts';
import type { Kind } from '../../../../shared/model/kinds/index.ts';
import { shownValue } from '../record-value.tsx';

/** `Role: Host, Virtual`, `DNS name holds lab`. `called`: what the referred one is called. */
export function conditionWords(kind: Kind, condition: RecordCondition, called: string): string {
  const field = kind.fields[condition.field];
  const label = field?.label ?? condition.field;
  if ('contains' in condition) return `${label} holds ${condition.contains}`;
  if ('declared' in condition)
    return `${label}: ${condition.declared ? 'declared' : 'not declared'}`;
  if (field === undefined || field.type === 'reference') return `${label}: ${called}`;
  const values = 'any' in condition ? condition.any : [condition.value];
  return `${label}: ${values.map((value) => shownValue(field, value)).join(', ')}`;
}
