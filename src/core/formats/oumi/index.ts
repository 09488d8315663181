import type { Document } from '../../document/document.ts';
import { readWithSchema } from '../../document/read-with-schema.ts';
import { valueAt } from '../../document/value-at.ts';
import type { Facts } from '../../run/facts.ts';
import type { Format, ReadResult } from '../format.ts';
import { readModel, referencedModel } from '../named-model.ts';
import { nameFromPath } from '../run-name.ts';
import { StatedFacts } from '../stated-facts.ts';
import { stateAdapter } from './adapter.ts';
import { stateDuration } from './duration.ts';
import { Oumi } from './schema.ts';
import { stateSharding } from './sharding.ts';
import { spell } from './spell.ts';

/** oumi: training with trl's trainers, or its own. */
export const oumi: Format = {
  name: 'oumi',
  title: 'oumi',
  syntaxes: ['yaml'],
  duplicateKeys: 'refused',
  signature: ['trainer_type', 'torch_dtype_str', 'enable_fsdp'],
  recognize,
  references: (document) => referencedModel(document, modelKeys),
  read,
  spell,
};

const modelKeys = ['model', 'model_name'];

function recognize({ value }: Document): boolean {
  const says = (...keys: string[]): boolean => typeof valueAt(value, keys) === 'string';
  return says('model', 'model_name') && says('training', 'trainer_type') && valueAt(value, ['scalegate']) === undefined;
}

function read(document: Document, referenced: ReadonlyMap<string, Document>): ReadResult {
  const { value: config, problems } = readWithSchema(document, Oumi);
  const model = readModel(document, modelKeys, referenced);
  const found = [...problems, ...model.problems];
  if (config === null || found.length > 0) return { run: null, problems: found };
  const name = config.training.run_name ?? nameFromPath(document.path);
  const facts = { ...model.facts, ...ownFacts(config, document) };
  return { run: { path: document.path, dialect: 'oumi', name, facts }, problems: [] };
}

function ownFacts(config: Oumi, document: Document): Facts {
  const stated = new StatedFacts(document);
  const type = config.training.trainer_type ?? '';
  stated.state('training.trainer', /^(?:TRL_|HF$)/i.test(type) ? 'huggingface' : type.toLowerCase(), [
    'training',
    'trainer_type',
  ]);
  stated.state('training.sequence_length', config.model.model_max_length, ['model', 'model_max_length']);
  // With an adapter the base weights are the reference model (trl docs, "DPO Trainer").
  if (/^TRL_DPO$/i.test(type)) {
    stated.state('training.paired_samples', true, ['training', 'trainer_type']);
    if (config.training.use_peft !== true) stated.state('training.reference_model', true, ['training', 'trainer_type']);
  }
  stateTraining(stated, config);
  statePrecision(stated, config);
  stateAdapter(stated, config);
  stateSharding(stated, config);
  stateDuration(stated, config);
  return stated.facts;
}

function stateTraining(stated: StatedFacts, { model, training }: Oumi): void {
  const at = (key: string) => ['training', key];
  const [micro, accumulation] = ['per_device_train_batch_size', 'gradient_accumulation_steps'] as const;
  stated.state('training.micro_batch_size', training[micro], at(micro));
  stated.imply('training.micro_batch_size', 8); // TrainingParams
  stated.state('training.gradient_accumulation_steps', training[accumulation], at(accumulation));
  stated.imply('training.gradient_accumulation_steps', 1);
  stated.state('training.optimizer', training.optimizer, at('optimizer'));
  stated.imply('training.optimizer', 'adamw');
  const recomputes = training.enable_gradient_checkpointing;
  if (typeof recomputes === 'boolean') {
    stated.state(
      'training.activation_checkpointing',
      recomputes ? 'full' : 'none',
      at('enable_gradient_checkpointing'),
    );
  }
  stated.imply('training.activation_checkpointing', 'none');
  stated.state('training.compile', model.compile, ['model', 'compile']);
  stated.state('training.compile', training.compile, at('compile'));
  stated.state('training.fused_loss', model.enable_liger_kernel, ['model', 'enable_liger_kernel']);
  // Only `eager` keeps the score matrix.
  const attention = model.attn_implementation ?? '';
  if (attention !== '')
    stated.state('training.flash_attention', attention !== 'eager', ['model', 'attn_implementation']);
}

const types = new Map([
  ['bfloat16', 'bf16'],
  ['bf16', 'bf16'],
  ['float16', 'fp16'],
  ['fp16', 'fp16'],
  ['half', 'fp16'],
] as const);

/** `torch_dtype_str` is the type of the weights (fp32 by default), `mixed_precision_dtype` that of autocast over them. */
function statePrecision(stated: StatedFacts, { model, training }: Oumi): void {
  const [weights, autocast] = [model.torch_dtype_str ?? '', training.mixed_precision_dtype];
  const weightType = types.get(weights.toLowerCase().replace('torch.', '') as 'bf16');
  const computeType = typeof autocast === 'string' ? types.get(autocast.toLowerCase() as 'bf16') : undefined;
  if (weightType !== undefined) stated.state('training.precision', weightType, ['model', 'torch_dtype_str']);
  else if (computeType !== undefined) {
    stated.state('training.precision', `${computeType}-mixed`, ['training', 'mixed_precision_dtype']);
  } else if (/^(?:torch\.)?(?:float32|fp32|f32|float)$/i.test(weights)) {
    stated.state('training.precision', 'fp32', ['model', 'torch_dtype_str']);
  } else stated.imply('training.precision', 'fp32');
}
