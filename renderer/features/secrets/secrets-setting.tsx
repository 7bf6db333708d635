import { keyPlace } from '../../../shared/model/secret-words.ts';
import type { SecretsStatus } from '../../../shared/model/secrets.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount } from '../../ui/formatting.ts';

/** The line of the settings that leads to the secrets. */
export function SecretsSetting({ note }: { readonly note: string | undefined }) {
  const { secrets, dialogs } = useApp();
  const state = useResource(secrets.status);
  return (
    <>
      <Button onClick={() => dialogs.setState({ kind: 'secrets' }, true)}>Open secrets</Button>
      <p className={note}>
        {state.status === 'ready'
          ? sentence(state.data)
          : 'Passwords and passphrases that Rackhelm remembers.'}
      </p>
    </>
  );
}

function sentence(status: SecretsStatus): string {
  if (status.state === 'not-set-up') {
    return 'Passwords and passphrases are not remembered. You can set up a store for them.';
  }
  const count = formatCount(status.stored, 'secret');
  return `${count} remembered. The key lies ${keyPlace(status)}. The store is ${status.state}.`;
}
