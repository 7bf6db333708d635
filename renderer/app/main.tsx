import '../design/styles.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createAppearanceStore } from '../design/appearance.ts';
import { createBrowserDialer } from '../rpc/browser-dialer.ts';
import { createConnection } from '../rpc/connection.ts';
import { createDesktopDialer } from '../rpc/desktop-dialer.ts';
import { takeLaterKeys } from '../rpc/session.ts';
import { detectShell } from '../rpc/shell.ts';
import { App } from './app.tsx';
import { createApp } from './app-services.ts';
import { createNotifier } from './notices.tsx';

const shell = detectShell(window);
document.documentElement.dataset.shell = shell;

const dialer = shell === 'desktop' ? createDesktopDialer(window) : createBrowserDialer(window);
const connection = createConnection(dialer);
const appearance = createAppearanceStore(window);
const notify = createNotifier((changeSetId) => void app.history.undo(changeSetId));
const app = createApp({ view: window, connection, appearance, notify });
connection.start();
if (shell === 'browser') takeLaterKeys(window, connection);

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');
createRoot(root).render(
  <StrictMode>
    <App app={app} />
  </StrictMode>,
);
