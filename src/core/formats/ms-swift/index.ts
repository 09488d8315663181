import { readWithSchema } from '../../document/read-with-schema.ts';
import type { Document } from '../../document/document.ts';
import { flagsOf } from '../flags.ts';
import type { Format, ReadResult } from '../format.ts';
import { launchedGpus, visibleGpus } from '../launcher.ts';
import { nameFromPath } from '../run-name.ts';
import { findCommand, type ScriptCommand } from '../script-command.ts';
import { StatedFacts } from '../stated-facts.ts';
import { stateParallelism } from './parallelism.ts';
import { Arguments } from './schema.ts';
import { stateTraining } from './training.ts';

/** Scripts that call ms-swift: `swift pt | sft | rlhf`, and the same under `megatron`. */
export const msSwift: Format = {
  name: 'ms-swift',
  title: 'ms-swift',
  syntaxes: ['shell'],
  signature: [],
  recognize: (document) => trainingCommand(document) !== null,
  references: () => [],
  read,
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

function read(document: Document): ReadResult {
  const command = trainingCommand(document);
  if (command === null) return { run: null, problems: [] };
  const flags = flagsOf(command);
  const { value: config, problems } = readWithSchema(flags, Arguments);
  if (config === null) return { run: null, problems };

  const stated = new StatedFacts(flags);
  const isMegatron = command.words.some((word) => word === 'megatron' || word.includes('_megatron/'));
  stateTraining(stated, config, isMegatron);
  stateParallelism(stated, config, isMegatron);
  const launched = launchedGpus(command) ?? visibleGpus(command);
  const facts = launched === null ? stated.facts : { ...stated.facts, 'hardware.count': launched };
  return { run: { path: document.path, dialect: 'ms-swift', name: nameFromPath(document.path), facts }, problems: [] };
}
