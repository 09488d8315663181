import { folderOf, pathFrom } from './paths.ts';

/** What a Python program names in `@hydra.main` (hydra.cc, "Specifying a config file"); undefined where that is no literal. */
interface HydraMain {
  readonly path: string | null | undefined;
  readonly name: string | undefined;
}

/** The longest call that is looked into. */
const mostCharacters = 1000;

/**
 * The paths that the config of a Hydra program may have, by its decorator and by the name that its command line gives;
 * none for any other program. Folders are relative to the program.
 */
export function hydraConfigs(path: string, text: string, name: string | null): string[] {
  const main = hydraMain(text);
  const config = (name ?? main?.name)?.replace(/\.ya?ml$/, '');
  if (main === null || config === undefined) return [];
  const folders = main.path === undefined ? ['', 'conf', 'config', 'configs'] : [main.path ?? ''];
  const paths = folders.flatMap((folder) =>
    ['yaml', 'yml'].map((ending) =>
      pathFrom(folderOf(path), `${folder === '' ? '' : `${folder}/`}${config}.${ending}`),
    ),
  );
  return paths.filter((one) => one !== null);
}

function hydraMain(text: string): HydraMain | null {
  const start = /^@(?:hydra\.)?main\(|^@hydra_runner\(/m.exec(text);
  if (start === null) return null;
  const from = start.index + start[0].length;
  const within = text.slice(from, from + mostCharacters);
  const call = within.slice(0, (within.indexOf(')\n') + 1 || within.length + 1) - 1);
  return { path: keyword(call, 'config_path'), name: keyword(call, 'config_name') ?? undefined };
}

/** A keyword of a call as its literal says; undefined where it is not there, or no literal. */
function keyword(call: string, name: string): string | null | undefined {
  const at = call.indexOf(`${name}=`);
  const value = at === -1 ? '' : call.slice(at + name.length + 1);
  if (value.startsWith('None')) return null;
  return /^"([^"\n]{0,200})"/.exec(value)?.[1] ?? /^'([^'\n]{0,200})'/.exec(value)?.[1];
}
