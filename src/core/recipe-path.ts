/**
 * Python files hold several configs beside each other: one is named as pytest names a test, by the path, two colons
 * and the function.
 */
export function recipePath(path: string, recipe: string): string {
  return `${path}::${recipe}`;
}

/** The file of a path that may name a recipe in it. */
export function fileOf(path: string): string {
  return recipe.exec(path)?.[1] ?? path;
}

/** The recipe that a path names; null where it names a whole file. */
export function recipeOf(path: string): string | null {
  return recipe.exec(path)?.[2] ?? null;
}

const recipe = /^(.+\.py)::([A-Za-z_]\w{0,200})$/s;
