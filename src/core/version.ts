/** The version of this package; a test holds it to package.json, which pure code cannot read. */
export const version = '1.0.0';
