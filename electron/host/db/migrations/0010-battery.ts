/** Watt hours of the battery of a UPS, from which its run time is reckoned. */
export const battery = /* sql */ `
ALTER TABLE device ADD COLUMN battery INTEGER CHECK (battery >= 0);
`;
