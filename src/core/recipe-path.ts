/**
 * A path may name a part of a file, or the launcher that starts it, after two colons, as pytest names a test:
 * `conf/recipes.py::tiny` is one of several configs in a Python file, `sft.yaml::train.sh` a config as one of several
 * launchers starts it, and `sft.yaml::train.sh#2` the same by the second command of that launcher.
 */
export function recipePath(path: string, recipe: string): string {
  return `${path}::${recipe}`;
}

/** A config as a launcher starts it, by the command of that number among those that start this config. */
export function launchedPath(config: string, launcher: string, command: number): string {
  return `${config}::${launcher}${command === 1 ? '' : `#${command}`}`;
}

/** The file of a path that may name a recipe in it or a launcher of it. */
export function fileOf(path: string): string {
  return partsOf(path).file;
}

/** The recipe that a path names; null where it names a whole file. */
export function recipeOf(path: string): string | null {
  return partsOf(path).recipe;
}

/** The config that a path names, without its launcher. */
export function configOf(path: string): string {
  const { file, recipe } = partsOf(path);
  return recipe === null ? file : recipePath(file, recipe);
}

/** The file that a path names as the launcher of its config; null where it names none. */
export function launcherOf(path: string): string | null {
  return partsOf(path).launcher?.replace(/#\d{1,4}$/, '') ?? null;
}

interface Parts {
  readonly file: string;
  readonly recipe: string | null;
  readonly launcher: string | null;
}

function partsOf(path: string): Parts {
  const whole = { file: path, recipe: null, launcher: null };
  if (!path.includes('::')) return whole;
  const [file = '', ...rest] = path.split('::');
  const recipe = file.endsWith('.py') && /^[A-Za-z_]\w{0,200}$/.test(rest[0] ?? '') ? (rest.shift() ?? null) : null;
  const launcher = isLauncher.test(rest[0] ?? '') ? (rest.shift() ?? null) : null;
  return !/\.\w{1,8}$/.test(file) || rest.length > 0 ? whole : { file, recipe, launcher };
}

const isLauncher = /\.(?:sh|bash|slurm|sbatch|ya?ml|json)(?:#\d{1,4})?$/i;
