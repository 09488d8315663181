import type { Document } from '../../document/document.ts';
import { showKeys, showText } from '../../document/show-value.ts';
import type { Problem } from '../../problem.ts';
import type { Tower } from '../../run/tower.ts';
import { audioTower } from './audio-tower.ts';
import type { HubConfig } from './hub-config.ts';
import { projectorParameters } from './projectors.ts';
import { visionTower } from './vision-towers.ts';

/** The usual type of a vision part that names none. */
const usualVision: Readonly<Record<string, string>> = {
  qwen2_5_vl: 'qwen2_5_vl_vision',
  qwen2_vl: 'qwen2_vl_vision',
  qwen3_5: 'qwen3_5_vision',
  qwen3_5_moe: 'qwen3_5_moe_vision',
  qwen3_vl: 'qwen3_vl_vision',
  qwen3_vl_moe: 'qwen3_vl_moe_vision',
  gemma3: 'siglip_vision_model',
  internvl: 'internvl_vision',
  llama4: 'llama4_vision_model',
  llava: 'clip_vision_model',
  llava_next: 'clip_vision_model',
  mistral3: 'pixtral',
  mllama: 'mllama_vision_model',
  paligemma: 'siglip_vision_model',
};

/** The towers of a model for several inputs. One whose type is not known is a problem: a count without it would pass for a small model. */
export function towersOf(
  config: HubConfig,
  hiddenSize: number,
  document: Document,
): { towers: Tower[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const towers: Tower[] = [];
  const vision = visionPart(config);
  if (vision !== null) {
    const tower = visionTower(vision);
    const projector = tower === null ? null : projectorParameters(config, vision, tower, hiddenSize);
    if (tower === null || projector === null) problems.push(notCounted(vision, 'vision', config, document));
    else towers.push({ ...tower, projectorParameters: projector });
  }
  const audio = config.part(['audio_config'], '');
  if (audio !== null) {
    const tower = audioTower(audio);
    if (tower === null || config.type !== 'qwen2_audio') problems.push(notCounted(audio, 'audio', config, document));
    else towers.push({ ...tower, projectorParameters: tower.hiddenSize * hiddenSize + hiddenSize });
  }
  return { towers, problems };
}

/** Older configs give the tower the type of the whole. */
function visionPart(config: HubConfig): HubConfig | null {
  const part = config.part(['vision_config'], usualVision[config.type] ?? '');
  const usual = usualVision[config.type];
  return part !== null && usual !== undefined && part.type === config.type ? part.ofType(usual) : part;
}

function notCounted(part: HubConfig, what: string, config: HubConfig, document: Document): Problem {
  return {
    code: 'unsupported-model',
    place: document.placeOf(part.keys),
    key: showKeys(part.keys),
    message: `The ${what} tower of ${showText(config.type)}${part.type === '' ? '' : `, a ${showText(part.type)},`} is not counted.`,
    hint: 'Expected a tower whose class is known. State model dimensions and model.towers under the policy\'s assumptions, or list the file under "ignore".',
  };
}
