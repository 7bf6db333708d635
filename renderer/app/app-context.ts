import { createContext, useContext } from 'react';
import type { App } from './app-services.ts';

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error('This component must be inside the app.');
  return app;
}
