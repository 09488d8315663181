import type { Document } from '../../document/document.ts';
import { hasFlag } from '../flags.ts';
import type { Format } from '../format.ts';
import { launchedGpus } from '../launcher.ts';
import { readCommand } from '../read-command.ts';
import { findCommand, type ScriptCommand } from '../script-command.ts';
import type { StatedFacts } from '../stated-facts.ts';
import { stateModel } from './model.ts';
import { stateParallelism } from './parallelism.ts';
import { Arguments } from './schema.ts';
import { stateTraining } from './training.ts';
import { spell } from './spell.ts';

/** Launch scripts of Megatron-LM and its forks Megatron-DeepSpeed and Megatron-LLM. */
export const megatronLm: Format = {
  name: 'megatron-lm',
  title: 'Megatron-LM and Megatron-DeepSpeed',
  syntaxes: ['shell'],
  signature: [],
  recognize: (document) => trainingCommand(document) !== null,
  references: () => [],
  read: (document) => readCommand(trainingCommand(document), { dialect: 'megatron-lm', schema: Arguments, state }),
  spell,
};

/** Programs that take Megatron's arguments and train nothing. */
const otherPrograms =
  /(?:generat|convert|preprocess|inference|server|export|evaluat|checkpoint_util|doc_index)\w*\.py$/;
/** Tasks train or evaluate, and have the learning rate or the data of the one that they do. */
const taskProgram = /(?:^|\/)tasks\/(?:\w+\/)?\w+\.py$/;

function trainingCommand(document: Document): ScriptCommand | null {
  return findCommand(document, (words) => {
    const shaped = hasFlag(
      words,
      'num_layers',
      'encoder_num_layers',
      'hidden_size',
      'tensor_model_parallel_size',
      'use_checkpoint_args',
    );
    const batched = hasFlag(words, 'micro_batch_size', 'global_batch_size', 'seq_length', 'encoder_seq_length');
    if (!shaped || !batched || isSwift(words) || words.some((word) => otherPrograms.test(word))) return false;
    return !words.some((word) => taskProgram.test(word)) || hasFlag(words, 'train_data', 'train_iters', 'epochs', 'lr');
  });
}

/** ms-swift takes the same arguments, and a model by its name. */
function isSwift(words: readonly string[]): boolean {
  return words.some(
    (word, index) => word === 'swift' || (word === 'megatron' && /^(?:sft|pt|rlhf)$/.test(words[index + 1] ?? '')),
  );
}

function state(stated: StatedFacts, config: Arguments, command: ScriptCommand): void {
  if (isDecoder(command.words, config)) stateModel(stated, config);
  stateTraining(stated, config);
  stateParallelism(stated, config);
  stated.adopt('hardware.count', launchedGpus(command));
}

/** Encoders, hybrids and multi-modal models have the same arguments, and other parameters than these describe. */
function isDecoder(words: readonly string[], config: Arguments): boolean {
  const { hybrid_layer_pattern: pattern, hybrid_override_pattern: override, hybrid_attention_ratio: ratio } = config;
  const isHybrid = [pattern, override, ratio].some((value) => typeof value === 'string');
  if (isHybrid || config.multi_latent_attention === true || typeof config.encoder_num_layers === 'number') return false;
  return !words.some((word) => /(?:bert|t5|ict|retro|vision|vit|mamba|hybrid|multimodal|mimo)[\w/]*\.py$/.test(word));
}
