import { z } from 'zod';
import { k3sSettings, settingsFaults } from '../../../../../shared/cluster/k3s-settings.ts';
import { asBytes, filePhase } from '../../../engine/phases/index.ts';
import { withSettings } from './config-text.ts';
import { leavingNoFolders } from './empty-folders.ts';
import { configPath } from './paths.ts';

const params = z.object({
  settings: k3sSettings.superRefine((settings, context) => {
    for (const message of settingsFaults(settings)) context.addIssue({ code: 'custom', message });
  }),
});

/** What K3s is started with. In a file, since a later start without its arguments would lose them. */
export const k3sConfigPhase = leavingNoFolders(
  filePhase({
    id: 'k3s-config',
    params,
    title: ({ settings }) => `Write the settings of K3s for ${settings.nodeName}`,
    fileOf: ({ settings }) => ({
      path: configPath,
      mode: 0o600,
      edit: (text) => asBytes(withSettings(fromBytes(text), settings)),
    }),
  }),
);

function fromBytes(text: string | null): string | null {
  return text === null ? null : Buffer.from(text, 'latin1').toString('utf8');
}
