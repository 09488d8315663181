import { isRelative } from '../../compose/paths.ts';
import type { Document } from '../../document/document.ts';
import type { RunField } from '../../run/fields.ts';
import { flagsOf, flagValue, hasFlag } from '../flags.ts';
import type { Format, ReadResult } from '../format.ts';
import { modelFacts } from '../huggingface-model/model-facts.ts';
import { launchedGpus } from '../launcher.ts';
import { readCommand } from '../read-command.ts';
import { repositoryPaths } from '../repository-path.ts';
import { findCommand, type ScriptCommand } from '../script-command.ts';
import type { StatedFacts } from '../stated-facts.ts';
import { Arguments } from './schema.ts';

/** Pretraining scripts of GaLore, APOLLO and others that train with the same program. */
export const galore: Format = {
  name: 'galore',
  title: 'GaLore and APOLLO',
  syntaxes: ['shell'],
  signature: [],
  recognize: (document) => trainingCommand(document) !== null,
  references: (document) => {
    const command = trainingCommand(document);
    return command === null ? [] : modelConfigs(flagsOf(command));
  },
  read,
};

function trainingCommand(document: Document): ScriptCommand | null {
  return findCommand(
    document,
    (words) =>
      hasFlag(words, 'model_config') &&
      hasFlag(words, 'batch_size') &&
      hasFlag(words, 'num_training_steps', 'optimizer'),
  );
}

function modelConfigs(flags: Document): string[] {
  const written = flagValue(flags, 'model_config');
  return typeof written === 'string' && isRelative(written) ? repositoryPaths(written, flags.path) : [];
}

function read(document: Document, referenced: ReadonlyMap<string, Document>): ReadResult {
  const command = trainingCommand(document);
  const result = readCommand(command, { dialect: 'galore', schema: Arguments, state });
  if (command === null || result.run === null) return result;
  const config = modelConfigs(flagsOf(command))
    .map((path) => referenced.get(path))
    .find((found) => found !== undefined);
  if (config === undefined) return result;
  const { facts, problems } = modelFacts(config);
  if (problems.length > 0) return { run: null, problems };
  return { ...result, run: { ...result.run, facts: { ...facts, ...result.run.facts } } };
}

function state(stated: StatedFacts, config: Arguments, command: ScriptCommand): void {
  stated.state('training.trainer', 'galore', []);
  const fields = {
    'training.sequence_length': 'max_length',
    'training.micro_batch_size': 'batch_size',
    'training.global_batch_size': 'total_batch_size',
    'training.gradient_accumulation_steps': 'gradient_accumulation',
    'training.steps': 'num_training_steps',
    'training.checkpoint_every': 'save_every',
    'training.precision': 'dtype',
    'training.optimizer_rank': 'rank',
  } as const satisfies Partial<Record<RunField, keyof Arguments>>;
  for (const [field, key] of Object.entries(fields) as [keyof typeof fields, keyof Arguments][]) {
    // The schema of each key is that of its field.
    stated.state(field, config[key] as never, [key]);
  }
  stated.imply('training.sequence_length', 256); // torchrun_main.py: --max_length
  stateOptimizer(stated, config);
  if (config.activation_checkpointing === true) {
    stated.state('training.activation_checkpointing', 'full', ['activation_checkpointing']);
  }
  stated.imply('training.activation_checkpointing', 'none');
  stated.imply('parallelism.sharding', 'ddp');
  stated.adopt('hardware.count', launchedGpus(command));
}

/** `galore_adamw8bit_per_layer`, `q_apollo`: the method stands in the name, and whether a gradient is used at once. */
function stateOptimizer(stated: StatedFacts, { optimizer }: Arguments): void {
  stated.state('training.optimizer', optimizer?.optimizer, ['optimizer']);
  stated.imply('training.optimizer', 'adamw');
  if (optimizer?.inBackward === true) stated.state('training.optimizer_in_backward', true, ['optimizer']);
}
