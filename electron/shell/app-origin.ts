/** The one place that our own page comes from; every check of sender and target compares with it. */
export const appScheme = 'app';
export const appHost = 'rackhelm';

/** As Chromium serializes it. Node's URL says "null" for custom schemes, so compare as text. */
export const appOrigin = `${appScheme}://${appHost}`;
export const appUrl = `${appOrigin}/`;
