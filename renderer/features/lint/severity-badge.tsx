import { type Icon, IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import type { Severity } from '../../../shared/model/lint.ts';
import { StatusBadge, type Tone } from '../../ui/status-badge.tsx';

const looks: Readonly<Record<Severity, { tone: Tone; icon: Icon; word: string }>> = {
  error: { tone: 'danger', icon: IconCircleX, word: 'Error' },
  warning: { tone: 'warn', icon: IconAlertTriangle, word: 'Warning' },
  note: { tone: 'info', icon: IconInfoCircle, word: 'Note' },
};

export const severityWord = (severity: Severity) => looks[severity].word;

export function SeverityBadge({ severity }: { readonly severity: Severity }) {
  const { tone, icon, word } = looks[severity];
  return (
    <StatusBadge tone={tone} icon={icon} plain>
      {word}
    </StatusBadge>
  );
}
