import type { Meaning } from './meaning.ts';

/** Units of time as headers name them. */
export const headerTime = '(?:h|hrs?|hours?|heures?|stunden|days?|d|weeks?|min|mins|minutes?)';

/** Headers as teams write them, in lower case, GPUs as "gpu", without punctuation and brackets; the first match counts. */
const meanings: readonly (readonly [Meaning, RegExp])[] = [
  ['measuredMemory', /^(?:measured|actual|observed) (?:peak )?(?:gpu )?(?:memory|vram)$/],
  ['measuredGpuHours', /^(?:measured|actual|observed) (?:gpu |device )?h(?:ou)?rs?$/],
  ['predictedMemory', /^predicted (?:peak )?(?:gpu )?(?:memory|vram)$/],
  ['predictedGpuHours', /^predicted (?:gpu |device )?h(?:ou)?rs?$/],
  [
    'evidence',
    /^(?:evidence|(?:w ?b|wandb|run|log|results?) ?links?|links?|wandb|w b|training run|report|proof|validated(?: by)?|validation(?: run)?)$/,
  ],
  ['date', /^(?:date|when|finished|completed|validated on)(?: on)?$/],
  ['status', /^(?:status|state|done|outcome|progress)$/],
  ['modelMemory', /^(?:model|weights?|param(?:eter)?s?) (?:memory|mem|vram)$/],
  ['activationMemory', /^activations?(?: (?:memory|mem|vram))?$/],
  [
    'memory',
    /^(?:(?:total|peak|max|gpu|training|est) )*(?:memory|mem|vram|speicher|mémoire)(?: total| usage| used| needed)?$/,
  ],
  [
    'setting',
    /\b(?:batch|bs|lr|learning rate|warm ?up|seq(?:uence)? ?len(?:gth)?|seq|context|ctx|precision|dtype|optimizer|layers?|heads?|dim|width|hidden|rank|seed|parallelism|tp|pp|dp|cp|ep|zero|flops?)\b|^(?:epochs?)$/,
  ],
  [
    'parameters',
    /^(?:(?:model|total|num|number of|n|trainable|est|approx) )*(?:param(?:eter|ètre)?s?|paramètres)(?: count| total)?$|^(?:model )?size$|^n$/,
  ],
  ['steps', /^(?:(?:training|train|total|max|num|number of|opt(?:imizer)?) )*(?:steps|iterations?|iters|updates)$/],
  [
    'tokens',
    /^(?:(?:training|train|total|optimal|target|planned|data|num|number of|chinchilla|max|est) )*(?:tok(?:en)?s?|jetons)(?: budget| seen| total| count)?$|^token budget$|^d$|^data tokens$/,
  ],
  [
    'samples',
    /^(?:(?:training|train|total|num|number of) )*(?:samples?|sequences?|examples?|images?|clips?|prompts?|pairs|rollouts?|trajectories)(?: count)?$/,
  ],
  ['dataHours', /^(?:training )?data h(?:ou)?rs?$|^hours? of (?:[a-z]+ )?data$/],
  ['nodeHours', new RegExp(`^(?:(?:total|est|estimated|budget) )*node ${headerTime}$`)],
  [
    'gpuHours',
    new RegExp(
      `^(?:(?:total|training|compute|est|estimated|budgeted?|planned|approx|max) )*(?:gpu|device|accelerator|chip|tpu|card)s? ?${headerTime}(?: each| total| budget| estimate| est| needed)?$|^heures gpu$|^gpu ?(?:h|time|budget)$`,
    ),
  ],
  [
    'calendar',
    /^(?:time ?line|calendar(?: time)?|schedule|months?|weeks?|when|start|end|eta|deadline|target date|quarter|due)$/,
  ],
  [
    'wallClock',
    new RegExp(
      `^(?:(?:total|training|train|est|estimated|approx|expected|run|wall|wall clock|elapsed|gpu) )*(?:time|wall|wall ?clock|wall ?time|clock|duration|run ?time|elapsed|${headerTime}|dauer|durée)(?: each| est| estimate| to train)?$`,
    ),
  ],
  [
    'cost',
    /^(?:(?:total|training|compute|cloud|est|estimated|approx(?:imate)?|gpu|max|expected|spot|on demand|rental|run|target|planned) )*(?:costs?|price|spend|usd|eur|gbp|inr|chf|kosten|coût|dollars?|euros?)(?: usd| eur| estimate| est| each| total| cap| cloud| run| budget)?$/,
  ],
  [
    'gpuCount',
    /^(?:(?:num|number of|n|total) )*(?:gpus|accelerators|devices|chips|tpus|gpu count|nodes)$|^(?:num|number of|n) gpu$/,
  ],
  [
    'gpu',
    /^(?:hardware|gpus?(?: type| model)?|accelerators?|chips?|device|machine|instance|node type|where|infra|compute node)$/,
  ],
  [
    'open',
    /^(?:(?:total|training|est|estimated|planned) )*(?:compute|budget|data|resources?|estimates?|effort|usage|allocation|model|stack|arch(?:itecture)?|base ?model|backbone|size|cap|limit)(?: budget| estimate| cost| cap| needed| required)?$/,
  ],
  [
    'score',
    /\b(?:acc(?:uracy)?|mmlu|gsm8k|hellaswag|humaneval|arc|ppl|perplexity|bleu|rouge|wer|cer|f1|map|ap|miou|iou|fid|auc|psnr|ssim|score|loss|bpb|elo|win ?rate|top 1|top1|top 5|recall|precision|ndcg|pass 1|eval)\b/,
  ],
  [
    'speed',
    /\b(?:throughput|latency|speed(?: ?up)?|tok s|tokens? s(?:ec(?:ond)?)?|tps|fps|it s|samples? s(?:ec(?:ond)?)?|images? s(?:ec(?:ond)?)?|mfu|utili[sz]ation|tflops?|qps|rps|ms|efficiency|bandwidth)\b/,
  ],
  [
    'listing',
    /\b(?:licen[sc]e|download|weights?|checkpoint|hugging ?face|hf|release(?:d)?|file size|disk|vocab|url|vcpus?|ram|users|requests?|carbon|co2\w*|tco2\w*|power|energy|wh|kwh|emissions?|provider|vendor|context length|languages?)\b/,
  ],
  [
    'notes',
    /^(?:notes?|comments?|purpose|use(?: case)?|remarks?|description|outputs?|deliverables?|results?|what it answers|question|goal|rationale|provenance|why|priority|details|owner|objective)$/,
  ],
];

/** What a normalized header says that its column holds; null for a header that is not known. */
export function meaningOfWords(words: string): Meaning | null {
  return meanings.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}
