// React's style prop takes custom properties at run time; its types want to be told.
declare module 'react' {
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined;
  }
}

export {};
