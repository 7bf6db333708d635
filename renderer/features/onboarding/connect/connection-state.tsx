import {
  IconAlertTriangle,
  IconCheck,
  IconCircleDashed,
  IconHelpCircle,
  IconLoader2,
} from '@tabler/icons-react';
import type { DraftMachine } from '../../../../shared/onboarding/draft.ts';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import type { LiveConnection } from './live-connection.ts';

interface ConnectionStateProps {
  readonly machine: DraftMachine;
  readonly live: LiveConnection | null;
}

/** How far connecting to a machine came, in one word and a sign. */
export function ConnectionState({ machine, live }: ConnectionStateProps) {
  if (live?.state === 'connecting') {
    return (
      <StatusBadge plain tone="info" icon={IconLoader2}>
        connecting
      </StatusBadge>
    );
  }
  if (live?.state === 'asking') {
    return (
      <StatusBadge plain tone="warn" icon={IconHelpCircle}>
        asks you
      </StatusBadge>
    );
  }
  switch (machine.connection.state) {
    case 'untried':
      return (
        <StatusBadge plain tone="neutral" icon={IconCircleDashed}>
          not tried yet
        </StatusBadge>
      );
    case 'failed':
      return (
        <StatusBadge plain tone="danger" icon={IconAlertTriangle}>
          not reached
        </StatusBadge>
      );
    case 'read':
      return (
        <StatusBadge plain tone="ok" icon={IconCheck}>
          {`signed in as ${machine.connection.user}`}
        </StatusBadge>
      );
  }
}
