import path from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  nativeTheme,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  utilityProcess,
} from 'electron';
import { defaultDataDirectory, findInstallation } from './host/installation.ts';
import { bootDesktop } from './shell/boot.ts';
import { dataOption, profileDirectory } from './shell/launch-options.ts';

/** Entry of the desktop shell's main process: finds the places, then hands Electron to the shell. */
function start(): void {
  const { staticRoot, resourcesDirectory, version } = findInstallation(import.meta.dirname);
  const chosen = dataOption(process.argv.slice(1), process.cwd());
  const dataDirectory = chosen ?? defaultDataDirectory();
  const profile = profileDirectory(app.getPath('userData'), chosen);
  app.setPath('userData', profile); // before the lock, which goes with it

  const hostEntry = path.join(import.meta.dirname, 'host-process.js');
  const hostArguments = ['--data', dataDirectory, '--resources', resourcesDirectory];
  bootDesktop({
    electron: {
      app,
      protocol,
      session,
      menu: Menu,
      dialog,
      ipcMain,
      Notification,
      nativeTheme,
      screen,
      shell,
      BrowserWindow,
      keyStorage: safeStorage,
      forkHost: () =>
        utilityProcess.fork(hostEntry, [...hostArguments, '--release', version], {
          serviceName: 'Rackhelm Host',
        }),
      createChannel: () => new MessageChannelMain(),
    },
    places: {
      renderer: staticRoot,
      preload: path.resolve(staticRoot, '..', 'preload', 'preload.cjs'),
      dataDirectory,
      profile,
    },
    platform: process.platform,
    log,
  });
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

try {
  start();
} catch (error) {
  dialog.showErrorBox(
    'Rackhelm could not start',
    error instanceof Error ? error.message : String(error),
  );
  app.exit(1);
}
