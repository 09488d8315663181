/** Characters of a text in which amounts and GPUs are looked for; no cell and no sentence of a plan has more. */
export const longestText = 4_000;
