import { z } from 'zod';
import { degree } from './bounds.ts';

/** The GPUs of the run. */
export const hardwareFields = {
  'hardware.gpu': z
    .union([z.string().max(100), z.number().transform(String)])
    .describe('GPU type, by any of its usual names, which may look like a number (4090)'),
  'hardware.memory_gib': z
    .number()
    .gt(0)
    .max(100_000)
    .describe('Memory of a GPU that the catalog does not know, in GiB'),
  'hardware.host_memory_gib': z
    .number()
    .gt(0)
    .max(1_000_000)
    .describe('CPU memory that a machine has for the run, in GiB; what is offloaded and loaded is held against it'),
  'hardware.count': degree.describe('GPUs of the whole run'),
  'hardware.usd_per_gpu_hour': z.number().min(0).max(100_000).describe('Price of one GPU for one hour, in US dollars'),
} as const satisfies Record<string, z.ZodType>;
