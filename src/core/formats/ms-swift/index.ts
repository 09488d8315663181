import type { z } from 'zod';
import type { Document } from '../../document/document.ts';
import { stateFrozenParts } from '../frozen-parts.ts';
import type { Format } from '../format.ts';
import { launchedGpus, visibleGpus } from '../launcher.ts';
import { readCommand } from '../read-command.ts';
import { findCommand, type ScriptCommand } from '../script-command.ts';
import type { StatedFacts } from '../stated-facts.ts';
import { stateParallelism } from './parallelism.ts';
import { Arguments } from './schema.ts';
import { stateTraining } from './training.ts';
import { spell } from './spell.ts';

/** Scripts that call ms-swift: `swift pt | sft | rlhf`, and the same under `megatron`. */
export const msSwift: Format = {
  name: 'ms-swift',
  title: 'ms-swift',
  syntaxes: ['shell'],
  signature: [],
  recognize: (document) => trainingCommand(document) !== null,
  references: () => [],
  read: (document) => readCommand(trainingCommand(document), { dialect: 'ms-swift', schema: Arguments, state }),
  spell,
};

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
  stateTraining(stated, config, isMegatron);
  // TunerArguments
  stateFrozenParts(stated, config, ['freeze_vit', 'freeze_aligner', 'freeze_llm']);
  stateParallelism(stated, config, isMegatron);
  stated.adopt('hardware.count', launchedGpus(command) ?? visibleGpus(command));
}
