/**
 * The word of a command that names the program which its launchers start: a Python file, a module after `-m`, or a
 * command line with a verb of its own; -1 where there is none.
 */
export function programIndex(words: readonly string[]): number {
  const module = moduleIndex(words);
  const script = words.findIndex((word) => isPythonFile(word) && !isConfigModule(word));
  if (script !== -1 && (module === -1 || script < module)) return script;
  if (module !== -1) return module;
  return words.findIndex((word) => commandLines.has(word.split('/').at(-1) ?? ''));
}

/** The arguments of the program; all words of a command whose program is not told. */
export function programArguments(words: readonly string[]): readonly string[] {
  return words.slice(programIndex(words) + 1);
}

/** Whether the program is trl's own command line, which starts itself with accelerate. */
export function isTrl(words: readonly string[]): boolean {
  return words[programIndex(words)]?.split('/').at(-1) === 'trl';
}

/**
 * The class of trl's arguments that a command trains with: `trl dpo`, or the script of that name (`trl/scripts/dpo.py`).
 * Null where the program says nothing of it.
 */
export function trlConfigClass(words: readonly string[]): string | null {
  const program = words[programIndex(words)] ?? '';
  const script = /(?:^|\/)trl\/(?:\w{1,40}\/){0,3}([a-z]+)\.py$/.exec(program)?.[1];
  const verb = isTrl(words) ? words[programIndex(words) + 1] : script;
  return trlClasses.get(verb ?? '') ?? null;
}

const trlClasses: ReadonlyMap<string, string> = new Map([
  ['sft', 'SFTConfig'],
  ['dpo', 'DPOConfig'],
  ['kto', 'KTOConfig'],
  ['orpo', 'ORPOConfig'],
  ['cpo', 'CPOConfig'],
  ['grpo', 'GRPOConfig'],
  ['rloo', 'RLOOConfig'],
  ['reward', 'RewardConfig'],
]);

const commandLines = new Set([
  ...[
    'axolotl',
    'tune',
    'litgpt',
    'oumi',
    'llamafactory-cli',
    'lmf',
    'automodel',
    'trl',
    'xtuner',
    'composer',
    'rl',
    'sft',
  ],
  ...['run_train.sh', 'nemo', 'swift'],
]);

/** `python -m torch.distributed.launch … train.py`: these modules start a program themselves. */
const launchers = /^(?:torch\.distributed\.(?:launch|run|launcher)|accelerate\.commands\.launch|deepspeed\.launcher)/;

function moduleIndex(words: readonly string[]): number {
  const flag = words.findIndex((word, at) => /^(?:-m|--module)$/.test(word) && isModule(words[at + 1] ?? ''));
  return flag === -1 ? -1 : flag + 1;
}

function isModule(word: string): boolean {
  return word !== '' && !word.startsWith('-') && !launchers.test(word);
}

function isPythonFile(word: string): boolean {
  return word.length < 300 && !word.includes('\0') && word.endsWith('.py') && !word.startsWith('-');
}

/** nanoGPT and mmengine name a Python file as the config of another. */
function isConfigModule(word: string): boolean {
  return /(?:^|\/)configs?\//.test(word);
}
