import { layerStack } from '../../run/layer-stack.ts';
import { attentionWidths } from '../../run/matrices.ts';
import type { DescribedRun } from '../described-run.ts';
import type { InferenceEstimate } from '../estimate.ts';
import { unknownPart, type Part } from '../part.ts';
import { formatShare } from '../../units/share.ts';
import type { GpuSpec } from '../../run/hardware.ts';
import type { ModelShape } from '../../run/model-shape.ts';
import type { ParameterCount } from '../../run/parameters.ts';
import type { GpuPrice, Prices } from './cost.ts';
import { peakFlopsPerSecond } from './kernel-speed.ts';

/**
 * Dollars for a million tokens, prefill and decoding apart: a roofline over the run's GPU, else the plan's own figure.
 * Serving is assumed in bf16, at a stated share of the paid hours.
 */
export function inferencePart(run: DescribedRun, price: GpuPrice | null, prices: Prices): Part<InferenceEstimate> {
  const { gpu } = run.hardware;
  // Without a vocabulary there is nothing to generate
  if (run.model.vocabSize === 0) return unknownPart('inference', 'an encoder of images generates no tokens');
  const seconds = gpu === null ? null : servedSecondsPerToken(run.model, run.parameters, gpu);
  if (seconds === null || price === null) return fromPlan(prices, gpu === null, price === null);
  const { inputTokens, outputTokens, requests } = servingShape;
  const usdPerMillion = (gpuSeconds: number): number =>
    (1e6 * gpuSeconds * price.usdPerGpuHour) / (3600 * servingUtilization);
  return {
    value: {
      usdPerMillionTokens: usdPerMillion(seconds.output + (inputTokens / outputTokens) * seconds.input),
      usdPerMillionInputTokens: usdPerMillion(seconds.input),
      usdPerMillionOutputTokens: usdPerMillion(seconds.output),
      utilization: servingUtilization,
      source: `roofline on ${gpu?.name ?? ''} at ${formatShare(servingUtilization)} utilization, ± factor 2; ${price.source}`,
    },
    assumptions: [
      {
        field: 'inference.utilization',
        value: formatShare(servingUtilization),
        reason: 'share of paid hours at full load; real traffic is between 30% and 70%, and the cost is one over it',
      },
      {
        field: 'inference.shape',
        value: `${inputTokens} tokens in, ${outputTokens} out, ${requests} requests at once, bf16`,
        reason: 'a chat in the middle of published serving tables',
      },
    ],
    unknown: [],
  };
}

function fromPlan(
  { planUsdPerMillionTokens }: Prices,
  isGpuUnknown: boolean,
  isPriceUnknown: boolean,
): Part<InferenceEstimate> {
  if (planUsdPerMillionTokens != null) {
    const { usd, source } = planUsdPerMillionTokens;
    const apart = { usdPerMillionInputTokens: null, usdPerMillionOutputTokens: null, utilization: null };
    return { value: { usdPerMillionTokens: usd, ...apart, source }, assumptions: [], unknown: [] };
  }
  if (isGpuUnknown) return unknownPart('inference', 'the GPU is unknown: state hardware.gpu');
  if (isPriceUnknown)
    return unknownPart('inference', "no price of the GPU is known: state one under the policy's prices");
  return unknownPart('inference', "the GPU's bandwidth or peak is unknown: state a hardware.gpu of the catalog");
}

/** Share of the paid hours that a server works at full load: vendors' examples use 0.3 to 0.7 for real traffic. */
const servingUtilization = 0.4;

/** Tokens that come in and go out with one request, and requests at once: a chat in the middle of published tables. */
const servingShape = { inputTokens: 1000, outputTokens: 1000, requests: 64 };

/** Share of the memory bandwidth that decoding reaches on data-center GPUs; TensorRT-LLM and vLLM tables, 0.74 to 0.77. */
const bandwidthShare = 0.75;

/** Share of the peak that prefill and large batches reach; TensorRT-LLM tables, 0.33 to 0.67. */
const computeShare = 0.45;

/** Host time between two decoding steps: small models on fast GPUs stop at about 20,000 tokens/s (vLLM, 2026). */
const hostSecondsPerStep = 0.003;

const bytesPerWeight = 2;

/** What one token costs, in seconds of one GPU. */
export interface ServedSeconds {
  /** A token of the prompt. */
  readonly input: number;
  /** A token of the answer, its prompt not counted. */
  readonly output: number;
}

/**
 * Seconds of GPU time a token of a bf16 model, on as many GPUs as hold it: decoding reads all weights and each request's
 * keys and values once a step, or computes 2 FLOPs a weight and request, whichever takes longer; prefill computes 2
 * FLOPs a weight and causal attention (arXiv 2211.05102 §2.1). Right within a factor of two. Null without bandwidth or peak.
 */
export function servedSecondsPerToken(
  model: ModelShape,
  parameters: ParameterCount,
  gpu: GpuSpec,
): ServedSeconds | null {
  const peak = peakFlopsPerSecond(gpu, 'bf16');
  const bandwidth = gpu.memoryBandwidthBytesPerSecond;
  if (peak === null || bandwidth === null) return null;
  const weightBytes = bytesPerWeight * parameters.total;
  const cacheBytes = keyValueBytesPerToken(model) * meanContext;
  const usable = 0.9 * (gpu.usableMemoryBytes ?? gpu.memoryBytes);
  // Weights may take up to half of the memory, so that requests find room.
  const gpus = Math.max(1, Math.ceil(weightBytes / (usable / 2)));
  const room = Math.floor((gpus * usable - weightBytes) / cacheBytes);
  const requests = Math.max(1, Math.min(servingShape.requests, room));

  // In a batch nearly every expert is visited by some token, so all weights are read.
  const readSeconds = (weightBytes + requests * cacheBytes) / (gpus * bandwidth * bandwidthShare);
  const computeSeconds = (2 * parameters.active * requests) / (gpus * peak * computeShare);
  const stepSeconds = Math.max(readSeconds, computeSeconds) + hostSecondsPerStep;
  const attention = 2 * model.numLayers * attentionWidths(model).query * servingShape.inputTokens;
  return {
    input: (2 * parameters.active + attention) / (peak * computeShare),
    output: (stepSeconds / requests) * gpus,
  };
}

const meanContext = servingShape.inputTokens + servingShape.outputTokens / 2;

/** A key and a value for every layer with attention, in bf16; the latent vector where they are made of one. */
function keyValueBytesPerToken(model: ModelShape): number {
  return layerStack(model).reduce((sum, { count, mixers, shape, sharesKeyValues }) => {
    if (!mixers.includes('attention') || sharesKeyValues) return sum;
    const latent = shape.latentAttention;
    const width = latent === undefined ? 2 * attentionWidths(shape).keyValue : latent.keyValueRank + latent.ropeHeadDim;
    return sum + count * width * bytesPerWeight;
  }, 0);
}
