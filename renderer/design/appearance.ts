import { createStore, type StoreApi } from 'zustand/vanilla';

/** What the person chose in the settings. `system` follows the operating system in everything. */
export const themeChoices = ['system', 'light', 'dark', 'contrast'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

export interface Appearance {
  readonly theme: 'light' | 'dark';
  readonly contrast: 'normal' | 'more';
}

export interface SystemPreference {
  readonly dark: boolean;
  readonly moreContrast: boolean;
}

/** High contrast keeps following the system between its light and its dark form. */
export function resolveAppearance(choice: ThemeChoice, system: SystemPreference): Appearance {
  const fixed = choice === 'light' || choice === 'dark' ? choice : null;
  const more = choice === 'contrast' || (choice === 'system' && system.moreContrast);
  return {
    theme: fixed ?? (system.dark ? 'dark' : 'light'),
    contrast: more ? 'more' : 'normal',
  };
}

export function parseThemeChoice(text: string | null): ThemeChoice {
  return themeChoices.find((choice) => choice === text) ?? 'system';
}

export interface AppearanceState extends Appearance {
  readonly choice: ThemeChoice;
}

export interface AppearanceStore {
  readonly store: StoreApi<AppearanceState>;
  choose(choice: ThemeChoice): void;
}

/** The two names are read by public/early-theme.js too. */
const storageKey = 'rackhelm-theme';
const cookieName = 'rackhelm-appearance';
const yearInSeconds = 31_536_000;

/**
 * What was chosen. The browser shell starts on another port each time, and storage tells ports apart;
 * cookies do not. The desktop window has no cookies, but one origin for its storage.
 */
export function keptChoice(cookies: string, stored: string | null): ThemeChoice {
  const pairs = cookies.split(';').map((pair) => pair.trim().split('='));
  const found = pairs.find(([name]) => name === cookieName)?.[1];
  return parseThemeChoice(found ?? stored);
}

export function choiceCookie(choice: ThemeChoice): string {
  return `${cookieName}=${choice}; Max-Age=${yearInSeconds}; SameSite=Strict; Path=/`;
}

/** Holds the theme, keeps the choice in this browser and follows the system while the window lives. */
export function createAppearanceStore(view: Window): AppearanceStore {
  const dark = view.matchMedia('(prefers-color-scheme: dark)');
  const more = view.matchMedia('(prefers-contrast: more)');
  const system = () => ({ dark: dark.matches, moreContrast: more.matches });
  const first = keptChoice(view.document.cookie, view.localStorage.getItem(storageKey));
  const store = createStore<AppearanceState>(() => ({
    choice: first,
    ...resolveAppearance(first, system()),
  }));

  function apply(choice: ThemeChoice): void {
    const next = resolveAppearance(choice, system());
    view.document.documentElement.dataset.theme = next.theme;
    view.document.documentElement.dataset.contrast = next.contrast;
    store.setState({ choice, ...next });
  }

  const follow = () => apply(store.getState().choice);
  function keep(choice: ThemeChoice): void {
    view.localStorage.setItem(storageKey, choice);
    // No secret, and nothing that the host acts upon.
    if (view.location.protocol.startsWith('http')) view.document.cookie = choiceCookie(choice);
  }

  dark.addEventListener('change', follow);
  more.addEventListener('change', follow);
  apply(first);
  // A year from the last use, not from the choice.
  if (first !== 'system') keep(first);

  return {
    store,
    choose(choice) {
      keep(choice);
      apply(choice);
    },
  };
}
