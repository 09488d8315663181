import type { Document } from '../../document/document.ts';
import { mergeFacts } from '../../run/merge-facts.ts';
import { accelerate } from '../accelerate/index.ts';
import { flagsOf, flagValue, hasFlag } from '../flags.ts';
import type { Format, ReadResult } from '../format.ts';
import { huggingfaceTrainer } from '../huggingface-trainer/index.ts';
import { launcherFiles } from '../launch.ts';
import { launchedGpus } from '../launcher.ts';
import { findCommand, type ScriptCommand } from '../script-command.ts';
import { StatedFacts } from '../stated-facts.ts';
import { trainingArguments } from './training-arguments.ts';

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
    return [...huggingfaceTrainer.references(trainingArguments(flagsOf(command))), ...launcherFiles(command).flat()];
  },
  read,
};

const batches = ['per_device_train_batch_size', 'train_batch_size'];
const training = ['learning_rate', 'num_train_epochs', 'max_steps', 'max_train_steps', 'lr_scheduler_type'];
/** Arguments of frameworks that have a dialect of their own. */
const foreign = ['zero_stage', 'micro_train_batch_size', 'pretrain', 'num_layers', 'model_config'];

function trainingCommand(document: Document): ScriptCommand | null {
  return findCommand(document, (words) => {
    const trains = hasFlag(words, ...batches) || (hasFlag(words, 'model_name_or_path') && hasFlag(words, ...training));
    return trains && hasFlag(words, ...training) && !hasFlag(words, ...foreign) && !words.some(isOtherProgram);
  });
}

function isOtherProgram(word: string): boolean {
  return word === 'swift' || word === 'megatron' || /^(?:openrlhf|verl)\.|actor_rollout_ref\./.test(word);
}

function read(document: Document, referenced: ReadonlyMap<string, Document>): ReadResult {
  const command = trainingCommand(document);
  if (command === null) return { run: null, problems: [] };
  const flags = trainingArguments(flagsOf(command));
  const { run, problems } = huggingfaceTrainer.read(flags, referenced);
  if (run === null) return { run, problems };

  const stated = new StatedFacts(flags);
  const precision = flagValue(flags, 'mixed_precision');
  if (precision === 'bf16' || precision === 'fp16') {
    stated.state('training.precision', `${precision}-mixed`, ['mixed_precision']);
  }
  stateStage(stated, flags);
  for (const engine of ['deepspeed', 'fsdp'] as const) {
    const key = `use_${engine}`; // accelerate launch
    if (hasFlag(command.words, key)) stated.state('parallelism.sharding_engine', engine, [key]);
  }
  stateFrozen(stated, flags);
  const launched = launchedGpus(command);
  const gpus = launched === null ? {} : { 'hardware.count': launched };
  const facts = { ...stated.facts, ...run.facts, ...gpus };
  const launcher = readLauncher(command, referenced);
  if (launcher.problems.length > 0) return { run: null, problems: launcher.problems };
  const merged = mergeFacts(facts, launcher.run?.facts ?? {});
  return { run: { ...run, dialect: 'huggingface-cli', facts: merged }, problems };
}

/** The accelerate file that the command names, which its flags replace. */
function readLauncher(command: ScriptCommand, referenced: ReadonlyMap<string, Document>): ReadResult {
  for (const path of launcherFiles(command).flat()) {
    const file = referenced.get(path);
    if (file !== undefined && accelerate.recognize(file)) return accelerate.read(file, referenced);
  }
  return { run: null, problems: [] };
}

/** LLaVA (llava/train/train.py): an adapter that is tuned is all that is trained, whatever else is said. */
function stateFrozen(stated: StatedFacts, flags: Document): void {
  for (const key of ['freeze_backbone', 'tune_mm_mlp_adapter']) {
    if (flagValue(flags, key) === true) stated.state('training.freeze_language_model', true, [key]);
  }
  const key = 'freeze_mm_mlp_adapter';
  if (flagValue(flags, key) === true) stated.state('training.freeze_projector', true, [key]);
}

const stages = ['ddp', 'zero1', 'zero2', 'zero3'] as const;

/** The stage that the name of a DeepSpeed config tells; the file itself, where the repository has it, counts instead. */
function stateStage(stated: StatedFacts, flags: Document): void {
  const file = flagValue(flags, 'deepspeed');
  const stage = typeof file === 'string' ? /zero[-_]?(?:stage)?[-_]?([0-3])/i.exec(file)?.[1] : undefined;
  if (stage !== undefined) stated.state('parallelism.sharding', stages[Number(stage)], ['deepspeed']);
}
