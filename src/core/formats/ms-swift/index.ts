import type { z } from 'zod';
import type { Document } from '../../document/document.ts';
import { readWithSchema } from '../../document/read-with-schema.ts';
import { valueAt } from '../../document/value-at.ts';
import { stateFrozenParts } from '../frozen-parts.ts';
import type { Format, ReadResult } from '../format.ts';
import { launchedGpus, visibleGpus } from '../launcher.ts';
import { readCommand } from '../read-command.ts';
import { nameFromPath } from '../run-name.ts';
import { findCommand, scriptOf, type ScriptCommand } from '../script-command.ts';
import { StatedFacts } from '../stated-facts.ts';
import { stateParallelism } from './parallelism.ts';
import { statePreference } from './preference.ts';
import { Arguments } from './schema.ts';
import { stateTraining } from './training.ts';
import { spell } from './spell.ts';

/** Scripts that call ms-swift: `swift pt | sft | rlhf`, and the same under `megatron`. */
export const msSwift: Format = {
  name: 'ms-swift',
  title: 'ms-swift',
  syntaxes: ['shell', 'yaml', 'json'],
  signature: [],
  recognize: (document) => (scriptOf(document) === null ? isConfig(document) : trainingCommand(document) !== null),
  references: () => [],
  read: (document) =>
    scriptOf(document) === null
      ? readConfig(document)
      : readCommand(trainingCommand(document), { dialect: 'ms-swift', schema: Arguments, state }),
  spell,
};

/** Keys that say how ms-swift trains, in a file for `--config`; LLaMA-Factory and the Trainer have other names for them. */
const own = ['tuner_type', 'train_type', 'sft_type', 'rlhf_type'];

function isConfig({ value }: Document): boolean {
  const isText = (key: string): boolean => typeof valueAt(value, [key]) === 'string';
  return ['model', 'load', 'mcore_model'].some(isText) && own.some(isText);
}

/** The keys of a file are the flags without their dashes (swift docs, "Command-line parameters": `--config`). */
function readConfig(document: Document): ReadResult {
  const { value: config, problems } = readWithSchema(document, Arguments);
  if (config === null) return { run: null, problems };
  const stated = new StatedFacts(document);
  const isMegatron = megatronKeys.some((key) => valueAt(document.value, [key]) !== undefined);
  stateArguments(stated, config, isMegatron);
  const name = nameFromPath(document.path);
  return { run: { path: document.path, dialect: 'ms-swift', name, facts: stated.facts }, problems: [] };
}

/** Only `megatron sft` takes these. */
const megatronKeys = ['load', 'mcore_model', 'tensor_model_parallel_size', 'micro_batch_size', 'train_iters'];

const program = /(?:^|\/)swift\/cli\/(?:_megatron\/)?(?:pt|sft|rlhf)\.py$/;

function trainingCommand(document: Document): ScriptCommand | null {
  return findCommand(document, (words) =>
    words.some(
      (word, index) =>
        program.test(word) || (/^(?:swift|megatron)$/.test(word) && /^(?:pt|sft|rlhf)$/.test(words[index + 1] ?? '')),
    ),
  );
}

function state(stated: StatedFacts, config: z.output<typeof Arguments>, command: ScriptCommand): void {
  const isMegatron = command.words.some((word) => word === 'megatron' || word.includes('_megatron/'));
  stateArguments(stated, config, isMegatron);
  stated.adopt('hardware.count', launchedGpus(command) ?? visibleGpus(command));
}

function stateArguments(stated: StatedFacts, config: z.output<typeof Arguments>, isMegatron: boolean): void {
  stateTraining(stated, config, isMegatron);
  stated.state('training.packing', config.packing, ['packing']);
  statePreference(stated, config);
  // TunerArguments
  stateFrozenParts(stated, config, ['freeze_vit', 'freeze_aligner', 'freeze_llm']);
  stateParallelism(stated, config, isMegatron);
}
