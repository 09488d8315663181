import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { ConfigReader } from '../config-reader.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';

/** Model configs of OpenCLIP: a tower for images or sound, and one for text. */
export const openClip: Format = {
  name: 'open-clip',
  title: 'OpenCLIP',
  syntaxes: ['json'],
  describesModel: true,
  notEstimated: 'an OpenCLIP model is two encoders, which no estimate counts',
  signature: ['vision_cfg', 'text_cfg'],
  recognize: ({ value }) =>
    ['vision_cfg', 'audio_cfg'].some((key) => valueAt(value, [key]) !== undefined) &&
    valueAt(value, ['text_cfg']) !== undefined,
  references: () => [],
  read,
};

function read(document: Document): ReadResult {
  const config = new ConfigReader(document);
  config.state('training.sequence_length', 'text_cfg.context_length');
  return config.result({ dialect: 'open-clip', trainer: 'open-clip', name: nameFromPath(document.path) });
}
