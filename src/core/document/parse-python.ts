import { fileOf, recipeOf } from '../recipe-path.ts';
import { documentLimits, type ParseResult } from './document.ts';
import { DocumentBuilder, type Entry } from './document-builder.ts';
import { PythonReader } from './python/python-reader.ts';

/** The key of the map from functions to what they return. */
export const functionsKey = '$functions';
/** The key of the map from classes to what their bodies assign. */
export const classesKey = '$classes';
/** The key of the list of calls. */
export const callsKey = '$calls';

/**
 * Reads the assignments at the top of a Python file without running it: numbers, texts, lists, dicts, arithmetic on
 * them, and names that were assigned before. `dict(a=1)` is a map; a call of anything else is a map of its keywords
 * with the called name under `$call`, other arguments under `$arguments` and what it is called on under `$object`;
 * the name of something imported is `{ $name }`, and what is not literal is `{ $unread }` with the beginning of its
 * text. A name that a branch assigns is not read either.
 *
 * `$functions` has what the functions of the file return, with the attributes that they set on it before: recipes in
 * Python are functions that change a config of another. What depends on a parameter or a branch is not read.
 * `$classes` has what the bodies of classes assign, as the defaults of a dataclass, and `$calls` every call of a class, of
 * `from_pretrained` or of `add_argument` in the order of the file, whatever becomes of it. There are no problems: what
 * can't be read is left out. A path that names a recipe ({@link recipeOf}) leaves out the others.
 */
export function parsePython(path: string, text: string): ParseResult {
  const builder = new DocumentBuilder(fileOf(path), text);
  const reader = new PythonReader(text, builder);
  reader.read();
  const recipe = recipeOf(path);
  const read = (name: string) => documentOf(reader, builder, name);
  return recipe === null ? { ...documentOf(reader, builder, null), recipe: read } : read(recipe);
}

function documentOf(reader: PythonReader, builder: DocumentBuilder, recipe: string | null): ParseResult {
  let size = 1;
  const fits = ({ value }: Entry): boolean => {
    size += value.size;
    return size < documentLimits.maxNodes;
  };
  const entries: Entry[] = [];
  for (const key of reader.module.names()) {
    const value = reader.module.get(key);
    if (value !== undefined) entries.push({ key, offset: value.offset, value });
  }
  const functions = [...reader.functions].flatMap(([key, value]): Entry[] =>
    recipe === null || recipe === key ? [{ key, offset: value.offset, value }] : [],
  );
  const kept = entries.filter(fits);
  const returned = functions.filter(fits);
  if (returned.length > 0) kept.push({ key: functionsKey, offset: 0, value: builder.map(returned, 0) });
  const classes = [...reader.classes].map(([key, value]): Entry => ({ key, offset: value.offset, value })).filter(fits);
  if (classes.length > 0) kept.push({ key: classesKey, offset: 0, value: builder.map(classes, 0) });
  const calls = reader.calls.filter((value) => fits({ key: '', offset: 0, value }));
  if (calls.length > 0) kept.push({ key: callsKey, offset: 0, value: builder.list(calls, 0) });
  return builder.finish(builder.map(kept, 0));
}
