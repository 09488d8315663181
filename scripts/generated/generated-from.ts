/** The first line of a generated page: where to edit instead. */
export function generatedFrom(source: string): string {
  return `<!-- Generated from ${source}: edit there, then \`npm run generate\`. -->\n`;
}
