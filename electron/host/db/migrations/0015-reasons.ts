/** Why a person made a change, where they said so. */
export const reasons = /* sql */ `
ALTER TABLE change_set ADD COLUMN reason TEXT;
`;
