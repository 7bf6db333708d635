import { createKubeClient } from './client.ts';
import { kubeClientContract } from './kube-client.contract.ts';
import { noWays, trialContext } from './trial/context.ts';
import { startTrialApi } from './trial/trial-api.ts';

kubeClientContract('The API of a trial', async () => {
  const api = await startTrialApi();
  const client = createKubeClient({ context: trialContext(api.url), ways: noWays });
  return {
    client,
    namespace: 'default',
    close: async () => {
      client.close();
      await api.close();
    },
  };
});
