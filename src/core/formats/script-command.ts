import type { Document } from '../document/document.ts';
import type { ShellScript } from '../document/parse-shell.ts';
import { unknownText } from '../document/shell/shell-text.ts';

/** One command of a shell script. */
export interface ScriptCommand {
  readonly document: Document;
  /** Where it stands in the script's list of commands. */
  readonly index: number;
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** The first command of a script that the predicate holds for; null in any other document. */
export function findCommand(document: Document, isMeant: (words: readonly string[]) => boolean): ScriptCommand | null {
  const { commands } = scriptOf(document) ?? {};
  const index = commands?.findIndex(({ words }) => isMeant(words)) ?? -1;
  const command = commands?.[index];
  return command === undefined ? null : { document, index, ...command };
}

/** The script that a document is; null for the other syntaxes. */
export function scriptOf({ path, value }: Document): ShellScript | null {
  return /\.(?:sh|bash|slurm|sbatch)$/i.test(path) ? (value as ShellScript) : null;
}

/** A word as the value that Python's argparse, Hydra or YAML would read; null where it is not known. */
export function readWord(word: string): string | number | boolean | null {
  if (word.includes(unknownText)) return null;
  if (/^true$/i.test(word)) return true;
  if (/^false$/i.test(word)) return false;
  if (/^(?:null|none)$/i.test(word)) return null;
  const isNumber = /^[-+]?(?:\d[\d_]{0,30}(?:\.\d{0,30})?|\.\d{1,30})(?:e[-+]?\d{1,3})?$/i.test(word);
  return isNumber ? Number(word.replaceAll('_', '')) : word;
}
