import type { Document, KeyPath } from '../document/document.ts';
import { valueAt } from '../document/value-at.ts';
import { watched } from '../document/watched.ts';
import type { NotRead } from '../run/facts.ts';
import type { ReadResult } from './format.ts';

/** Keys that one run lists at most; a hostile config could have a hundred thousand. */
const most = 50;

/**
 * Reads a document and lists, with the run, the keys that look as if they decide what it costs and that the reader never
 * looked at: whatever they say is not in the estimate. `isRead` knows keys that were read elsewhere.
 */
export function readListingUnread(
  document: Document,
  read: (document: Document) => ReadResult,
  isRead: (key: string) => boolean = () => false,
): ReadResult {
  const watch = watched(document);
  const result = read(watch.document);
  if (result.run === null) return result;
  const unread = watch.unasked().filter((keys) => {
    const names = keys.map(String);
    return (
      !isRead(names.join('.')) && mayMatter(names, valueAt(document.value, keys)) && !isSwitchedOff(document, keys)
    );
  });
  const listed = unread.slice(0, most).map((keys) => {
    return { key: keys.join('.').slice(0, 200), place: document.placeOf(keys) };
  });
  return withNotRead(result, listed);
}

/** Whether one of the maps around a key says that nothing of it holds: `megatron_cfg: { enabled: false, … }`. */
function isSwitchedOff(document: Document, keys: KeyPath): boolean {
  return keys.some((_, depth) => {
    const around = keys.slice(0, depth);
    return ['enabled', 'enable'].some((key) => valueAt(document.value, [...around, key]) === false);
  });
}

/** The run with more keys that were not read. */
export function withNotRead(result: ReadResult, more: readonly NotRead[]): ReadResult {
  const { run } = result;
  if (run === null || more.length === 0) return result;
  return { ...result, run: { ...run, notRead: [...(run.notRead ?? []), ...more] } };
}

/** Whether a key, by its words, decides memory or time, and its value turns something on. */
export function mayMatter(names: readonly string[], value: unknown): boolean {
  const words = names.flatMap(wordsOf);
  const last = wordsOf(names.at(-1) ?? '');
  if (isOff(value) || words.some((word) => elsewhere.has(word)) || last.some((word) => beside.has(word))) return false;
  if (last.some((word) => divides.has(word))) return value !== 1 && value !== '1';
  return last.some((word) => matters.has(word));
}

function wordsOf(name: string): string[] {
  return name
    .slice(0, 100)
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

/** The states of a switch that is off, and the words by which a value is left to the framework. */
const off: ReadonlySet<unknown> = new Set([
  ...[false, null, undefined, 0, -1, ''],
  ...['none', 'None', 'null', 'false', 'False', 'off', 'no', 'auto', '0', '-1', 'disabled'],
]);

function isOff(value: unknown): boolean {
  return off.has(value) || (Array.isArray(value) && value.length === 0);
}

/** Words of what divides a model, a sequence or the states over GPUs; one way leaves it whole. */
const divides: ReadonlySet<string> = new Set([
  ...['parallel', 'parallelism', 'shard', 'sharding', 'sharded', 'shards', 'ulysses', 'tp', 'pp', 'cp', 'ep', 'sp'],
  ...['fsdp', 'fsdp2', 'zero', 'zero1', 'zero2', 'zero3', 'hsdp', 'ddp'],
]);

/** Words of what else decides memory or time: weights, their width, states, what is kept for the backward pass, batches. */
const matters: ReadonlySet<string> = new Set([
  ...['lora', 'qlora', 'dora', 'peft', 'adapter', 'freeze', 'frozen', 'unfreeze', 'trainable', 'galore', 'apollo'],
  ...['bf16', 'fp16', 'fp32', 'fp8', 'nf4', 'nvfp4', 'int4', 'int8', 'bits', '4bit', '8bit', 'dtype', 'precision'],
  ...['quantize', 'quantized', 'quantization', 'quant', 'gptq', 'awq', 'autocast', 'qat'],
  ...['optimizer', 'optim', 'offload', 'offloading', 'offloaded', 'ema'],
  ...[
    'recompute',
    'recomputation',
    'checkpointing',
    'remat',
    'attention',
    'attn',
    'flash',
    'liger',
    'compile',
    'fused',
  ],
  ...['batch', 'microbatch', 'accumulation', 'accumulate', 'accum', 'packing', 'multipack', 'seqlen', 'ctx'],
  ...['epochs', 'experts', 'moe', 'mtp', 'rollouts', 'vllm', 'sglang', 'generations', 'gpus', 'nnodes', 'nodes'],
]);

/** Parts of a config that train nothing. */
const elsewhere: ReadonlySet<string> = new Set([
  ...[
    'eval',
    'evals',
    'evaluation',
    'evaluator',
    'evaluators',
    'val',
    'valid',
    'validation',
    'test',
    'tests',
    'predict',
  ],
  ...['wandb', 'logging', 'logger', 'loggers', 'log', 'profiler', 'profiling', 'profile', 'export', 'scheduler'],
  ...[
    'inference',
    'infer',
    'callbacks',
    'hydra',
    'lighteval',
    'env',
    'cache',
    'metrics',
    'metric',
    'benchmark',
    'tokenizer',
    'sampler',
    'tensorboard',
  ],
]);

/** Words of a key that only tunes or names what the others are about. */
const beside: ReadonlySet<string> = new Set([
  ...['alpha', 'bias', 'dir', 'path', 'paths', 'file', 'filename', 'name', 'names', 'prefix', 'suffix', 'id', 'url'],
  ...['lr', 'rate', 'scale', 'scaler', 'scaling', 'warmup', 'decay', 'momentum', 'beta', 'beta1', 'beta2', 'betas'],
  ...[
    'eps',
    'epsilon',
    'seed',
    'init',
    'std',
    'interval',
    'every',
    'timeout',
    'port',
    'addr',
    'host',
    'rank',
    'workers',
  ],
  ...['prefetch', 'shuffle', 'schedule', 'warning', 'warn', 'save', 'resume', 'strict', 'debug', 'temperature', 'clip'],
  ...[
    'mask',
    'column',
    'columns',
    'format',
    'template',
    'backend',
    'version',
    'coef',
    'coeff',
    'coefficient',
    'weight',
  ],
  ...[
    'aux',
    'window',
    'normalize',
    'norm',
    'pin',
    'loss',
    'axis',
    'axes',
    'stride',
    'block',
    'blocks',
    'bucket',
    'cap',
  ],
  ...[
    'engine',
    'comm',
    'communication',
    'async',
    'overlap',
    'sync',
    'load',
    'abort',
    'router',
    'dispatcher',
    'permute',
  ],
  ...['amax', 'margin', 'checkpointer', 'memmap', 'pretraining', 'style', 'find', 'merge', 'capacity', 'wrap'],
]);
