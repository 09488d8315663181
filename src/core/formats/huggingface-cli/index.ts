import { mapOf } from '../../compose/layers.ts';
import type { Document } from '../../document/document.ts';
import type { Facts } from '../../run/facts.ts';
import { flagsOf, flagValue, hasFlag } from '../flags.ts';
import type { Format, ReadResult } from '../format.ts';
import { llamaFactory } from '../llama-factory/index.ts';
import { huggingfaceTrainer } from '../huggingface-trainer/index.ts';
import { isTrl, programArguments, programIndex, trlConfigClass } from '../program.ts';
import { findCommand, type ScriptCommand } from '../script-command.ts';
import { StatedFacts } from '../stated-facts.ts';
import { launcherReferences } from '../launch.ts';
import { isGpuCountFlag } from '../launcher.ts';
import { withLauncher } from '../with-launcher.ts';
import { readListingUnread } from '../not-read.ts';
import { adapterFlags, isAdapterFlag, type AdapterFlags } from './adapter-flags.ts';
import { isFreezingFlag, stateFrozenFlags } from './frozen-parts.ts';
import { isRenamed, trainingArguments } from './training-arguments.ts';
import { spell } from './spell.ts';

/** Scripts that launch a program whose arguments are those of the Hugging Face Trainer, as LLaVA's and QLoRA's are. */
export const huggingfaceCli: Format = {
  name: 'huggingface-cli',
  title: 'Hugging Face Trainer on a command line',
  syntaxes: ['shell'],
  signature: [],
  recognize: (document) => trainingCommand(document) !== null,
  references: (document) => {
    const command = trainingCommand(document);
    if (command === null) return [];
    return [...huggingfaceTrainer.references(argumentsOf(command)), ...launcherReferences(command)];
  },
  read,
  spell,
};

const batches = ['per_device_train_batch_size', 'train_batch_size'];
const training = ['learning_rate', 'num_train_epochs', 'max_steps', 'max_train_steps', 'lr_scheduler_type'];
/** Arguments of frameworks that have a dialect of their own. */
const foreign = ['zero_stage', 'micro_train_batch_size', 'pretrain', 'num_layers', 'model_config', 'network_module'];

function trainingCommand(document: Document): ScriptCommand | null {
  if (llamaFactory.recognize(document)) return null;
  return findCommand(document, (command) => {
    const words = programArguments(command);
    if (isTrlTrainer(command)) return hasFlag(words, 'model_name_or_path');
    const trains = hasFlag(words, ...batches) || (hasFlag(words, 'model_name_or_path') && hasFlag(words, ...training));
    return trains && hasFlag(words, ...training) && !hasFlag(words, ...foreign) && !command.some(isOtherProgram);
  });
}

/** What the program is told; the flags of its launchers are not its own. */
function programFlags(command: ScriptCommand): Document {
  return flagsOf(command, programIndex(command.words) + 1);
}

/** `trl sft`: a trainer of its own, whatever else it is told. */
function isTrlTrainer(words: readonly string[]): boolean {
  return isTrl(words) && /^(?:sft|dpo|grpo|kto|reward|rloo)$/.test(words[programIndex(words) + 1] ?? '');
}

function programOf({ words }: ScriptCommand): string {
  return words[programIndex(words)] ?? '';
}

/** The same as TrainingArguments. */
function argumentsOf(command: ScriptCommand): Document {
  const flags = programFlags(command);
  const written = trainingArguments(flags, adapterFlags(flags, programOf(command)));
  const ofTrl = trlConfigClass(command.words);
  if (ofTrl === null) return written;
  const { document, index, words } = command;
  const config = mapOf([...Object.entries(written.value as Record<string, unknown>), ['trl_config', ofTrl]]);
  const program = document.placeOf(['commands', index, 'words', programIndex(words)]);
  return { ...written, value: config, placeOf: (keys) => (keys[0] === 'trl_config' ? program : written.placeOf(keys)) };
}

function isOtherProgram(word: string): boolean {
  return word === 'swift' || word === 'megatron' || /^(?:openrlhf|verl)\.|actor_rollout_ref\./.test(word);
}

function read(document: Document, referenced: ReadonlyMap<string, Document>): ReadResult {
  const command = trainingCommand(document);
  if (command === null) return { run: null, problems: [] };
  const isRead = (flag: string): boolean =>
    [isRenamed, isAdapterFlag, isFreezingFlag, isGpuCountFlag].some((knows) => knows(flag));
  const result = readListingUnread(argumentsOf(command), (flags) => readArguments(flags, command, referenced), isRead);
  return withLauncher(result, command, referenced);
}

function readArguments(flags: Document, command: ScriptCommand, referenced: ReadonlyMap<string, Document>): ReadResult {
  const { run, problems } = huggingfaceTrainer.read(flags, referenced);
  if (run === null) return { run, problems };
  const adapter = adapterFlags(programFlags(command), programOf(command));

  const stated = new StatedFacts(flags);
  const precision = flagValue(flags, 'mixed_precision');
  if (precision === 'bf16' || precision === 'fp16') {
    stated.state('training.precision', `${precision}-mixed`, ['mixed_precision']);
  }
  stateStage(stated, flags);
  stateFrozenFlags(stated, flags);
  const facts = { ...stated.facts, ...withReason(run.facts, programFlags(command), adapter) };
  return { run: { ...run, dialect: 'huggingface-cli', facts }, problems };
}

/** A method that no flag states in so many words is an assumption, and one that nobody knows is unknown. */
function withReason(facts: Facts, flags: Document, { usesPeft, reason, flagOf }: AdapterFlags): Facts {
  if (reason === undefined) return facts;
  const method = facts['training.method'];
  if (usesPeft !== null && method !== undefined) {
    return { ...facts, 'training.method': { ...method, authority: 'default', reason } };
  }
  const place = flags.placeOf([flagOf.usesPeft ?? '']);
  return { ...facts, 'training.method': { value: 'unknown', authority: 'default', place, reason } };
}

const stages = ['ddp', 'zero1', 'zero2', 'zero3'] as const;

/** The stage that the name of a DeepSpeed config tells; the file itself, where the repository has it, counts instead. */
function stateStage(stated: StatedFacts, flags: Document): void {
  const file = flagValue(flags, 'deepspeed');
  const stage = typeof file === 'string' ? /zero[-_]?(?:stage)?[-_]?([0-3])/i.exec(file)?.[1] : undefined;
  if (stage !== undefined) stated.state('parallelism.sharding', stages[Number(stage)], ['deepspeed']);
}
