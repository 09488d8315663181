import type { KeyPath, Writable } from './document.ts';

/** A setting of a script: where it starts, and where its value stands; without a value, an empty place behind it. */
interface Setting {
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/**
 * A launch script with one setting changed; everything else stays. One key is a flag, `--key value`; a path of several is
 * an override of Hydra's, `a.b=value`. A value that is a variable is changed where the variable is assigned; a setting that
 * the script lacks is added beside one that trainings have. An empty text stands for a flag without a value. Null where
 * the script gives no place for it. Whoever calls reads the text again: a script can hold a flag where it means nothing.
 */
export function setInShell(text: string, keys: KeyPath, value: Writable): string | null {
  const written = String(value);
  if (!/^[\w./:,+-]*$/.test(written)) return null;
  const isFlag = keys.length === 1;
  const name = keys.join('.');
  const found = isFlag ? findFlags(text, name) : findOverrides(text, name);
  if (found.length > 1) return null;
  const [setting] = found;
  if (setting !== undefined) return replace(text, setting, written);
  const anchor = isFlag ? anchors.flatMap((known) => findFlags(text, known)).at(0) : findOverrides(text, null).at(0);
  const added = isFlag ? `--${name}${written === '' ? '' : ` ${written}`}` : `${name}=${written}`;
  return anchor === undefined ? null : add(text, anchor, added);
}

function replace(text: string, { valueStart, valueEnd }: Setting, written: string): string | null {
  const old = text.slice(valueStart, valueEnd);
  const variable = /^["']?\$\{?(\w{1,100})/.exec(old)?.[1];
  if (variable !== undefined) return assign(text, variable, written);
  if (written === '') return old === '' ? text : null;
  if (old === '') return `${text.slice(0, valueStart)} ${written}${text.slice(valueStart)}`;
  return text.slice(0, valueStart) + written + text.slice(valueEnd);
}

/** `NAME=4`, `export NAME=4`, `NAME="4"`, `NAME=${NAME:-4}` at the start of a line, if it stands there once. */
function assign(text: string, variable: string, written: string): string | null {
  const pattern = new RegExp(
    `^[ \\t]{0,40}(?:export |local |declare )?${variable}=(["']?)([\\w./:,+-]{0,200})\\1[ \\t]{0,40}(?=#|;|$)`,
    'gm',
  );
  const fallback = new RegExp(
    `^[ \\t]{0,40}(?:export )?${variable}=(["']?)(\\$\\{\\w{1,100}:-)([\\w./:,+-]{0,200})\\}`,
    'gm',
  );
  const plain = [...text.matchAll(pattern)];
  const defaults = [...text.matchAll(fallback)];
  const [match] = [...plain, ...defaults];
  if (match === undefined || plain.length + defaults.length !== 1) return null;
  const old = plain.length === 1 ? (match[2] ?? '') : (match[3] ?? '');
  const at = match.index + match[0].lastIndexOf(old === '' ? '=' : old) + (old === '' ? 1 : 0);
  return text.slice(0, at) + written + text.slice(at + old.length);
}

/** Flags that commands of a training have and those of a launcher before it have not. */
const anchors = [
  'per_device_train_batch_size',
  'micro_batch_size',
  'micro_train_batch_size',
  'train_batch_size',
  'learning_rate',
  'lr',
  'num_train_epochs',
  'max_steps',
  'train_iters',
  'save_steps',
  'save_interval',
  'model_name_or_path',
  'pretrain',
  'output_dir',
  'epochs',
];

/** Written in front of another setting: on a line of its own, continued as the line before is, where that one has one. */
function add(text: string, { start }: Setting, added: string): string {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = text.slice(lineStart, start);
  if (indent.trim() !== '' || lineStart === 0) return `${text.slice(0, start)}${added} ${text.slice(start)}`;
  const continues = text
    .slice(0, lineStart - 1)
    .trimEnd()
    .endsWith('\\');
  return `${text.slice(0, lineStart)}${indent}${added}${continues ? ' \\' : ''}\n${text.slice(lineStart)}`;
}

/** Every `--name value`, `--name=value` or bare `--name` outside of comments; dashes and underscores are the same. */
function findFlags(text: string, name: string): Setting[] {
  const wanted = plain(name);
  const flags: Setting[] = [];
  for (const { index, 0: whole } of text.matchAll(/--[\w.-]{1,100}/g)) {
    if (plain(whole.slice(2)) !== wanted || isInComment(text, index)) continue;
    const end = index + whole.length;
    const gap = text[end] === '=' ? 1 : (/^[ \t]{1,40}(?=[^\s\\-])/.exec(text.slice(end, end + 48))?.[0].length ?? 0);
    const value = gap === 0 ? '' : (/^[^\s\\)]{0,400}/.exec(text.slice(end + gap, end + gap + 400))?.[0] ?? '');
    const bare = /^["']/.test(value) && !/["']$/.test(value) ? '' : value.replace(/(?<=[\w}])["']$/, '');
    flags.push({
      start: index,
      valueStart: bare === '' ? end : end + gap,
      valueEnd: bare === '' ? end : end + gap + bare.length,
    });
  }
  return flags;
}

/** Every `path=value` outside of comments, or of any path where none is named; a plus in front adds to Hydra's list. */
function findOverrides(text: string, path: string | null): Setting[] {
  const overrides: Setting[] = [];
  for (const { index, 0: whole, 1: name } of text.matchAll(
    /(?<=[\s"'])\+{0,2}([a-z_]\w{0,60}(?:\.\w{1,80}){1,8})=/gi,
  )) {
    if ((path !== null && name !== path) || isInComment(text, index)) continue;
    const valueStart = index + whole.length;
    const value = /^[^\s\\)"']{0,400}/.exec(text.slice(valueStart, valueStart + 400))?.[0] ?? '';
    overrides.push({ start: index, valueStart, valueEnd: valueStart + value.length });
  }
  return overrides;
}

function plain(name: string): string {
  return name.replaceAll('-', '_').toLowerCase();
}

function isInComment(text: string, index: number): boolean {
  const lineStart = text.lastIndexOf('\n', index - 1) + 1;
  return /^[ \t]{0,200}#/.test(text.slice(lineStart, index));
}
