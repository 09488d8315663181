import type { Document } from '../../document/document.ts';
import { readWithSchema } from '../../document/read-with-schema.ts';
import { valueAt } from '../../document/value-at.ts';
import type { Facts } from '../../run/facts.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';
import { StatedFacts } from '../stated-facts.ts';
import { modelOfBuilder } from './builders.ts';
import { stateKernels } from './kernels.ts';
import { stateMethod } from './method.ts';
import { stateParallelism } from './parallelism.ts';
import { Torchtune } from './schema.ts';
import { spell } from './spell.ts';

/** Configs of torchtune's recipes. */
export const torchtune: Format = {
  name: 'torchtune',
  title: 'torchtune',
  syntaxes: ['yaml'],
  duplicateKeys: 'refused',
  signature: ['enable_activation_checkpointing', 'enable_activation_offloading', 'max_steps_per_epoch'],
  recognize,
  references: () => [],
  read,
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
