import type { Document } from '../../document/document.ts';
import { syntaxOf } from '../../document/parse-document.ts';
import { valueAt } from '../../document/value-at.ts';
import { ConfigReader } from '../config-reader.ts';
import { flagsOf, hasFlag } from '../flags.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';
import { findCommand } from '../script-command.ts';

/** Training of diffusion models: the example programs of diffusers, kohya's sd-scripts, and Open-Sora. */
export const diffusers: Format = {
  name: 'diffusers',
  title: 'diffusers, sd-scripts and Open-Sora',
  syntaxes: ['shell', 'toml', 'yaml', 'json', 'python'],
  signature: [],
  notEstimated: 'what it trains are diffusion models, which no estimate counts',
  recognize: (document) => argumentsOf(document) !== null,
  references: () => [],
  read,
};

/** Programs of diffusers' `examples` and of sd-scripts. */
const program =
  /(?:^|\/)(?:train_(?:dreambooth|text_to_image|controlnet|textual_inversion|instruct_pix2pix|lcm|unconditional)\w*|(?:sdxl|sd3|flux|lumina|hunyuan_image)_(?:train|minimal)\w*|train_(?:network|db|leco)|fine_tune)\.py$/;

/** The arguments of a training; null for any other file. */
function argumentsOf(document: Document): Document | null {
  if (syntaxOf(document.path) === 'shell') {
    const command = findCommand(document, (words) => {
      return (
        words.some((word) => program.test(word)) &&
        hasFlag(words, 'pretrained_model_name_or_path', 'dataset_config', 'resolution')
      );
    });
    return command === null ? null : flagsOf(command);
  }
  return isKohya(document.value) || isOpenSora(document.value) ? document : null;
}

function isKohya(value: unknown): boolean {
  const has = (key: string): boolean => valueAt(value, [key]) !== undefined;
  return (
    has('pretrained_model_name_or_path') && (has('network_module') || has('enable_bucket') || has('max_train_epochs'))
  );
}

/** Open-Sora: a text encoder and an autoencoder beside the model. */
function isOpenSora(value: unknown): boolean {
  const has = (...keys: string[]): boolean => valueAt(value, keys) !== undefined;
  const encodes = has('t5', 'from_pretrained') || has('text_encoder', 'type');
  return encodes && has('model', 'type') && (has('ae', 'type') || has('vae', 'type')) && (has('lr') || has('optim'));
}

function read(document: Document): ReadResult {
  const config = new ConfigReader(argumentsOf(document) ?? document);
  config.state('training.micro_batch_size', 'train_batch_size', 'batch_size');
  config.state('training.gradient_accumulation_steps', 'gradient_accumulation_steps');
  config.state('training.steps', 'max_train_steps');
  return config.result({ dialect: 'diffusers', trainer: 'diffusers', name: nameFromPath(document.path) });
}
