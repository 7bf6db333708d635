import { Checkbox } from '@mantine/core';
import type { Draft } from '../../../../shared/onboarding/draft.ts';

interface Props {
  readonly draft: Draft;
  readonly agreed: boolean;
  readonly onChange: (agreed: boolean) => void;
}

/** Consent to what the other checks never do: to open something on machines. */
export function PortsConsent({ draft, agreed, onChange }: Props) {
  // One alone has nobody to reach.
  if (draft.machines.length < 2 && draft.common.clusterId === null) return null;
  return (
    <Checkbox
      label="Also try the ports between them"
      description="For at most 20 seconds, these machines and the nodes of their cluster listen on the ports that K3s needs. Nothing stays."
      checked={agreed}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
