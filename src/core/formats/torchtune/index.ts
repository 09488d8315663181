import type { Document } from '../../document/document.ts';
import { readWithSchema } from '../../document/read-with-schema.ts';
import { valueAt } from '../../document/value-at.ts';
import type { Facts } from '../../run/facts.ts';
import type { Format, ReadResult } from '../format.ts';
import { isGpuCountFlag, launchedGpus } from '../launcher.ts';
import { readListingUnread } from '../not-read.ts';
import { nameFromPath } from '../run-name.ts';
import { scriptOf, type ScriptCommand } from '../script-command.ts';
import { StatedFacts } from '../stated-facts.ts';
import { modelOfBuilder } from './builders.ts';
import { argumentsOf, isForOneGpu, trainingCommand } from './command.ts';
import { stateKernels } from './kernels.ts';
import { stateMethod } from './method.ts';
import { stateParallelism } from './parallelism.ts';
import { Torchtune } from './schema.ts';
import { spell } from './spell.ts';

/** Configs of torchtune's recipes. */
export const torchtune: Format = {
  name: 'torchtune',
  title: 'torchtune',
  syntaxes: ['yaml', 'shell'],
  duplicateKeys: 'refused',
  signature: ['enable_activation_checkpointing', 'enable_activation_offloading', 'max_steps_per_epoch'],
  recognize: (document) => (scriptOf(document) === null ? recognize(document) : trainingCommand(document) !== null),
  references: () => [],
  read: (document) => {
    const command = trainingCommand(document);
    return command === null ? read(document) : readOwnConfig(command);
  },
  spell,
};

/** A model by its builder and an optimizer: configs for evaluation and generation have only the first. */
function recognize({ value }: Document): boolean {
  const builder = valueAt(value, ['model', '_component_']);
  if (typeof builder !== 'string' || valueAt(value, ['scalegate']) !== undefined) return false;
  return typeof valueAt(value, ['optimizer', '_component_']) === 'string';
}

function read(document: Document): ReadResult {
  const { value: config, problems } = readWithSchema(document, Torchtune);
  if (config === null) return { run: null, problems };
  const name = nameFromPath(document.path);
  return { run: { path: document.path, dialect: 'torchtune', name, facts: factsOf(config, document) }, problems: [] };
}

/** What torchtune's own config says besides the model stands in torchtune: the recipe's defaults are no part of it. */
function readOwnConfig(command: ScriptCommand): ReadResult {
  const { run, problems } = readListingUnread(argumentsOf(command), read, isGpuCountFlag);
  if (run === null) return { run, problems };
  const place = command.document.placeOf(['commands', command.index]);
  const reason = "stated by torchtune's own config, which the repository does not have";
  const checkpointing = run.facts['training.activation_checkpointing'];
  const gpus =
    launchedGpus(command) ?? (isForOneGpu(command) ? ({ value: 1, authority: 'default', place } as const) : null);
  const facts: Facts = {
    ...run.facts,
    ...(checkpointing?.authority === 'config'
      ? {}
      : { 'training.activation_checkpointing': { value: 'unknown', authority: 'default', place, reason } as const }),
    ...(gpus === null ? {} : { 'hardware.count': gpus }),
  };
  return { run: { ...run, facts }, problems };
}

function factsOf(config: Torchtune, document: Document): Facts {
  const stated = new StatedFacts(document);
  const builder = config.model._component_;
  stated.state('training.trainer', 'torchtune', []);
  stated.state('model.id', modelOfBuilder(builder) ?? builder.slice(0, 200), ['model', '_component_']);
  stated.state('training.sequence_length', config.tokenizer?.max_seq_len, ['tokenizer', 'max_seq_len']);
  stated.state('training.micro_batch_size', config.batch_size, ['batch_size']);
  const accumulation = 'gradient_accumulation_steps';
  stated.state('training.gradient_accumulation_steps', config[accumulation], [accumulation]);
  stated.imply('training.gradient_accumulation_steps', 1);
  stated.state('training.packing', config.dataset?.packed, ['dataset', 'packed']);
  stateMethod(stated, config);
  stateKernels(stated, config);
  stateParallelism(stated, config, document.path);
  stateDuration(stated, config);
  return stated.facts;
}

/** A checkpoint follows every epoch, whatever its length. */
function stateDuration(stated: StatedFacts, { epochs, max_steps_per_epoch: steps, ...config }: Torchtune): void {
  const passes = epochs ?? 0;
  if (passes <= 0) return;
  if (typeof steps === 'number' && steps > 0)
    stated.state('training.steps', Math.ceil(steps * passes), ['max_steps_per_epoch']);
  else stated.state('training.epochs', passes, ['epochs']);
  stated.state('training.checkpoint_every', `${Number((100 * Math.min(1, 1 / passes)).toFixed(4))}%`, ['epochs']);
  const logsMemory = config.log_peak_memory_stats === true;
  if (logsMemory) stated.state('training.log', ['loss', 'memory'], ['log_peak_memory_stats']);
}
