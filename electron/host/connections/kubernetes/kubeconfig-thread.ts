import { serveThread } from '../../worker/index.ts';
import { type KubeconfigDocument, parseKubeconfig } from './kubeconfig/document.ts';

/** Entry of the thread that parses large kubeconfigs, and hostile ones, which may never end. */
export type KubeconfigAsks = {
  parse: { input: string; output: KubeconfigDocument; part: never };
};

serveThread<KubeconfigAsks>({ parse: parseKubeconfig });
