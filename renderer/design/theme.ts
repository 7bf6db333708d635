import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

// Mantine wants ten shades of each colour. What shows comes from the tokens below; these only serve
// the few places where Mantine computes a colour itself.
const accent: MantineColorsTuple = [
  '#eef2ff',
  '#dbe4ff',
  '#bccbfb',
  '#93abf5',
  '#6d8bee',
  '#4f70e3',
  '#3257cf',
  '#2848b3',
  '#203a92',
  '#172b6e',
];
const danger: MantineColorsTuple = [
  '#fcebed',
  '#f8d3d8',
  '#f0aab3',
  '#e77e8c',
  '#df576a',
  '#d93f55',
  '#b8243a',
  '#9a1b2f',
  '#7d1526',
  '#5f0f1c',
];

export const theme = createTheme({
  colors: { accent, danger },
  primaryColor: 'accent',
  primaryShade: 6,
  fontFamily: 'var(--rh-font)',
  fontFamilyMonospace: 'var(--rh-mono)',
  defaultRadius: 'var(--rh-radius)',
  respectReducedMotion: true,
  cursorType: 'default',
  fontSizes: {
    xs: 'var(--rh-text-sm)',
    sm: 'var(--rh-text-md)',
    md: 'var(--rh-text-md)',
    lg: 'var(--rh-text-lg)',
    xl: 'var(--rh-text-xl)',
  },
  components: {
    Button: { defaultProps: { size: 'xs', variant: 'default' } },
    ActionIcon: { defaultProps: { size: 28, variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs', hideControls: true } },
    Textarea: { defaultProps: { size: 'xs' } },
    Select: {
      defaultProps: { size: 'xs', allowDeselect: false, comboboxProps: { shadow: 'none' } },
    },
    TagsInput: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'sm', withThumbIndicator: false } },
    Checkbox: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    // Menus and tips stay inside the landmark that they belong to; fixed, so that nothing clips them.
    Menu: {
      defaultProps: {
        shadow: 'none',
        offset: 4,
        transitionProps: { duration: 80 },
        withInitialFocusPlaceholder: false,
        withinPortal: false,
        floatingStrategy: 'fixed',
      },
    },
    Tooltip: {
      defaultProps: {
        openDelay: 350,
        transitionProps: { duration: 80 },
        withinPortal: false,
        floatingStrategy: 'fixed',
      },
    },
    ModalRoot: {
      defaultProps: { centered: false, yOffset: '9vh', transitionProps: { duration: 100 } },
    },
  },
});

const surfaces = {
  '--mantine-color-body': 'var(--rh-canvas)',
  '--mantine-color-text': 'var(--rh-text)',
  '--mantine-color-bright': 'var(--rh-text)',
  '--mantine-color-dimmed': 'var(--rh-text-muted)',
  '--mantine-color-placeholder': 'var(--rh-text-muted)',
  '--mantine-color-anchor': 'var(--rh-accent-text)',
  '--mantine-color-error': 'var(--rh-danger)',
  '--mantine-color-default': 'var(--rh-input)',
  '--mantine-color-default-hover': 'var(--rh-hover)',
  '--mantine-color-default-color': 'var(--rh-text)',
  '--mantine-color-default-border': 'var(--rh-border-strong)',
  '--mantine-color-disabled': 'var(--rh-sunken)',
  '--mantine-color-disabled-color': 'var(--rh-text-muted)',
  '--mantine-color-disabled-border': 'var(--rh-border)',
  '--mantine-color-accent-filled': 'var(--rh-accent)',
  '--mantine-color-accent-filled-hover': 'var(--rh-accent-hover)',
  '--mantine-color-accent-light': 'var(--rh-accent-soft)',
  '--mantine-color-accent-light-hover': 'var(--rh-selected-strong)',
  '--mantine-color-accent-light-color': 'var(--rh-accent-text)',
  '--mantine-color-accent-outline': 'var(--rh-accent)',
  '--mantine-primary-color-contrast': 'var(--rh-on-accent)',
  '--mantine-color-danger-filled': 'var(--rh-danger-fill)',
  '--mantine-color-danger-filled-hover': 'var(--rh-danger-fill-hover)',
  '--mantine-color-gray-light-hover': 'var(--rh-hover)',
  '--mantine-color-gray-light-color': 'var(--rh-text-muted)',
};

/** Hands the tokens to Mantine in both of its schemes; the tokens themselves know the theme. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: surfaces,
  dark: surfaces,
});
