import type { Document } from '../../document/document.ts';
import type { Call } from '../python-program.ts';

/** Classes whose arguments are those of the Trainer, or of one of trl's. */
const argumentClasses =
  /^(?:Seq2Seq|Unsloth)?TrainingArguments$|^(?:SFT|DPO|GRPO|KTO|ORPO|CPO|RLOO|PPO|PPOv2|Reward|PRM|BCO|XPO|NashMD|GKD|OnlineDPO|IterativeSFT)Config$/;

/** What loads the model, and not its tokenizer, processor, config or adapter. */
const modelClasses =
  /^(?:AutoModel\w*|Fast\w*Model|\w+For(?:CausalLM|ConditionalGeneration|SequenceClassification)\w*|Auto\w*LM\w*)$/;

const trainers = /^\w*Trainer$/;

/**
 * What the calls of a program say, under the names of TrainingArguments and trl's ModelConfig; null for a program that
 * makes none of their classes. A keyword that is no literal is left out.
 */
export function argumentsOfProgram(calls: readonly Call[]): Document | null {
  const made = calls.find(({ name }) => argumentClasses.test(name));
  const [call] = calls;
  if (made === undefined || call === undefined) return null;
  const stated = new Arguments();
  for (const one of calls) stateCall(stated, one);
  if (!stated.has('model_name_or_path') && !trainingKeys.some((key) => stated.has(key))) return null;
  const { document } = made;
  return {
    path: document.path,
    value: stated.values,
    placeOf: ([key]) => document.placeOf(stated.places.get(String(key)) ?? []),
  };
}

/** One of them is in a program that trains, rather than in one that only passes arguments on. */
const trainingKeys = ['per_device_train_batch_size', 'learning_rate', 'num_train_epochs', 'max_steps'];

function stateCall(stated: Arguments, call: Call): void {
  const { name, path } = call;
  if (argumentClasses.test(name)) {
    for (const key of call.keywords()) stated.take(call, key, key);
    stated.set('trl_config', name, path);
  } else if (name === 'from_pretrained' && modelClasses.test(call.owner)) stateModel(stated, call);
  else if (trainers.test(name)) {
    stated.take(call, 'model', 'model_name_or_path');
    for (const key of ['max_seq_length', 'packing']) stated.take(call, key, key);
  } else if (name === 'LoraConfig' || name === 'get_peft_model') stateAdapter(stated, call);
  else if (name === 'BitsAndBytesConfig') {
    for (const key of ['load_in_4bit', 'load_in_8bit', 'bnb_4bit_use_double_quant']) stated.take(call, key, key);
  }
}

function stateModel(stated: Arguments, call: Call): void {
  stated.first(call, 'model_name_or_path');
  for (const key of ['model_name', 'pretrained_model_name_or_path']) stated.take(call, key, 'model_name_or_path');
  for (const key of ['load_in_4bit', 'load_in_8bit', 'max_seq_length', 'attn_implementation'])
    stated.take(call, key, key);
  const dtype = call.written('torch_dtype') ?? call.written('dtype');
  const type = /(?:^|\.)(bfloat16|float16|float32)$/.exec(typeof dtype === 'string' ? dtype : '')?.[1];
  if (type !== undefined)
    stated.set('torch_dtype', type, [...call.path, call.written('dtype') === dtype ? 'dtype' : 'torch_dtype']);
}

/** `LoraConfig(r=…)` of peft, and unsloth's `get_peft_model(model, r=…)`, whose model recomputes what it keeps. */
function stateAdapter(stated: Arguments, call: Call): void {
  const isConfig = call.name === 'LoraConfig';
  if (!isConfig && call.written('r') === undefined) return;
  stated.set('use_peft', true, call.path);
  stated.take(call, 'r', 'lora_r');
  stated.take(call, 'target_modules', 'lora_target_modules');
  stated.take(call, 'modules_to_save', 'lora_modules_to_save');
  stated.take(call, 'use_dora', 'use_dora');
  const checkpointing = call.written('use_gradient_checkpointing');
  if (checkpointing === 'unsloth' || checkpointing === true) {
    stated.set('gradient_checkpointing', true, [...call.path, 'use_gradient_checkpointing']);
  }
}

/** Collects arguments, each with its place; the first call that states one counts. */
class Arguments {
  readonly values = Object.create(null) as Record<string, unknown>;
  readonly places = new Map<string, readonly (string | number)[]>();

  has(key: string): boolean {
    return Object.hasOwn(this.values, key);
  }

  set(key: string, value: unknown, path: readonly (string | number)[]): void {
    if (this.has(key)) return;
    this.values[key] = value;
    this.places.set(key, path);
  }

  /** A keyword of a call, where it is literal. */
  take(call: Call, keyword: string, key: string): void {
    const value = call.literal(keyword);
    if (value !== undefined) this.set(key, value, [...call.path, keyword]);
  }

  /** The first argument of a call, where it is text. */
  first(call: Call, key: string): void {
    const value = call.firstArgument();
    if (typeof value === 'string') this.set(key, value, [...call.path, '$arguments', 0]);
  }
}
