import type { SpellingTable } from './spell-by.ts';

/**
 * How transformers' TrainingArguments state a batch and an optimizer (transformers, training_args.py, OptimizerNames), and
 * so do the frameworks that hand their arguments on: LLaMA-Factory, ms-swift.
 */
export const trainingArguments = {
  'training.micro_batch_size': 'per_device_train_batch_size',
  'training.gradient_accumulation_steps': 'gradient_accumulation_steps',
  'training.optimizer': {
    key: 'optim',
    values: {
      adamw: 'adamw_torch',
      'adamw-8bit': 'adamw_bnb_8bit',
      'paged-adamw': 'paged_adamw_32bit',
      'paged-adamw-8bit': 'paged_adamw_8bit',
      adafactor: 'adafactor',
      sgd: 'sgd',
      lion: 'lion_32bit',
    },
  },
} as const satisfies SpellingTable;
