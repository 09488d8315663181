import { z } from 'zod';
import { ResolvedFact } from './resolved-facts.ts';

const figure = (description: string) => z.number().nullable().describe(`${description}; null when it cannot be known`);

const planned = (description: string) =>
  z.number().nullable().describe(`${description}; null where it leaves that out`);

/** What one training run needs, for tools. */
export const RunReport = z
  .strictObject({
    run: z
      .strictObject({
        path: z.string().describe('Path of the config in the repository'),
        dialect: z.string().nullable().describe('Config format that it was read as; null when it could not be read'),
        name: z.string().nullable().describe('Name of the run; null when it could not be read'),
      })
      .describe('The config'),
    hardware: z
      .strictObject({
        gpu: z.string().nullable().describe('GPU by its name in the catalog; null when unknown'),
        count: z.number().nullable().describe('Number of GPUs; null when unknown'),
      })
      .describe('What it runs on'),
    resolved: z.array(ResolvedFact).describe('Batch, sequence, sharding and so on, as the figures take them'),
    parameters: z
      .strictObject({
        total: figure('All parameters'),
        active: figure('Parameters that work on one token'),
        trainable: figure('Parameters with a gradient'),
      })
      .describe('Parameter counts'),
    memory: z
      .strictObject({
        allocated_gib: figure('Live peak of the allocator, torch max_memory_allocated'),
        reserved_gib: figure('Reserved peak of the allocator, torch max_memory_reserved'),
        peak_gib: figure('Peak as nvidia-smi shows it: the limit is held against this'),
        low_gib: figure('Low end of the range of peak_gib, under the most favorable reading of what is assumed'),
        high_gib: figure('High end of the range of peak_gib, under the worst reading of what is assumed'),
        limit_gib: figure('What the limit is called: the 80 GB of an A100-80GB'),
        usable_gib: figure('What a process can use of the limit'),
        fits_probability: figure('How likely the peak stays within usable_gib, by the range'),
        evidence: z
          .enum(['measured', 'replayed', 'read', 'unknown'])
          .nullable()
          .describe(
            'What is known of the trainer: measured runs, its code run without data, its code read, or nothing',
          ),
        breakdown_gib: z
          .record(z.string(), z.number())
          .nullable()
          .describe('Parts of peak_gib by name; they add up to it, up to rounding; null when it cannot be known'),
        assumed: z
          .array(
            z.strictObject({
              field: z.string().describe('Field that nobody states'),
              taken: z.string().describe('What was taken, in words'),
              otherwise: z.string().describe('What it may be as well, in words'),
              peak_gib: z.number().describe('peak_gib with the other value'),
            }),
          )
          .describe('Assumptions that move peak_gib, what moves it most first'),
        timeline_gib: z
          .array(
            z.strictObject({
              moment: z
                .string()
                .describe('forward (its end), loss, backward (its first layer), end-of-backward or optimizer-step'),
              parts: z.record(z.string(), z.number()).describe('What lives then, by the names of breakdown_gib'),
            }),
          )
          .nullable()
          .describe('The moments of a step in order, with what lives at each; the fullest is breakdown_gib'),
      })
      .describe('Peak memory of the fullest GPU, in GiB (2^30 bytes)'),
    compute: z
      .strictObject({
        tokens: figure('Tokens of the whole training'),
        flops_per_token: figure('Model FLOPs of one token, forward and backward'),
        mfu: figure('Model FLOPs utilization'),
        gpu_hours: figure('Device-hours of the whole training'),
        low_gpu_hours: figure('Low end of the range of gpu_hours'),
        high_gpu_hours: figure('High end of the range of gpu_hours'),
        wall_clock_hours: figure('Hours of the whole training on all its GPUs'),
        tokens_per_second_per_gpu: figure('Steady throughput of one GPU'),
        low_tokens_per_second_per_gpu: figure('Low end of its range'),
        high_tokens_per_second_per_gpu: figure('High end of its range'),
        hardware_flops_per_token: figure('FLOPs of one token with what checkpointing computes again'),
        steady_gpu_hours: figure('Part of gpu_hours that trains'),
        overhead_gpu_hours: figure('Part of gpu_hours for evaluation, checkpoints and restarts'),
        gpu_hours_per_billion_tokens: figure('Device-hours of a billion tokens, overhead included'),
      })
      .describe('Work and time of the whole training'),
    cost: z
      .strictObject({
        usd: figure('Cost of the whole training in US dollars'),
        usd_per_gpu_hour: figure('Price of one GPU for one hour'),
        price_source: z.string().nullable().describe('Who says so, and when; null without a price'),
      })
      .describe('Cost of the whole training'),
    host: z
      .strictObject({
        low_gib: z.number().describe('CPU memory that a machine needs at least'),
        high_gib: z.number().describe('What it may need'),
        stated_gib: figure('What the launcher or the policy gives it'),
        machines: z.int().describe('Machines of the run'),
        gpus_per_machine: z.int().describe('GPUs that share its memory'),
        parts: z
          .array(
            z.strictObject({
              what: z.string().describe('offloaded states, offloaded activations, or loading the model'),
              low_gib: z.number().describe('At least'),
              high_gib: z.number().describe('At most'),
              reason: z.string().describe('How it comes about'),
            }),
          )
          .describe('What it is for; loading and what is offloaded do not meet'),
      })
      .nullable()
      .describe('CPU memory of a machine, in GiB; null where nothing is offloaded or loaded, or it cannot be told'),
    checkpoint: z
      .strictObject({
        gib: z.number().describe("One checkpoint, with the optimizer's states"),
        weights_gib: z.number().describe('The weights alone'),
        count: z.int().nullable().describe('Checkpoints at the end if none is deleted; null where it is not known'),
        total_gib: figure('All of them together'),
      })
      .nullable()
      .describe('What the run writes to disk, in GiB'),
    inference: z
      .strictObject({
        usd_per_million_tokens: figure('Cost of generating a million tokens with their input, in US dollars'),
        usd_per_million_input_tokens: figure('Cost of a million input tokens alone'),
        usd_per_million_output_tokens: figure('Cost of a million output tokens alone'),
        utilization: figure('Share of the paid hours at full load that the cost assumes'),
      })
      .describe('Cost of using the model'),
    plan: z
      .strictObject({
        row: z
          .string()
          .nullable()
          .describe(
            'Row of the plan that the run is held against, scale or stage; null where there is none, or several',
          ),
        row_kind: z.enum(['scale', 'stage']).nullable().describe('What the row is'),
        row_candidates: z.array(z.string()).describe('Rows between which nothing decides'),
        row_reason: z.string().nullable().describe('Why that row, or why none of the candidates'),
        scale: z.string().nullable().describe('Scale by parameters; null beyond the largest, and without scales'),
        largest_scale: z.string().nullable().describe('Largest row of the plan, where the run is beyond it; else null'),
        parameters: planned('Parameters that the row plans'),
        memory_gib: planned('Memory per GPU that the row plans, in GiB'),
        gpu_hours: planned('GPU-hours that the row plans'),
        cost_usd: planned('Training cost that the row plans, in US dollars'),
        usd_per_million_tokens: planned('Inference cost that the row plans'),
        data_hours: planned('Hours of data that the row asks for'),
        validated: z.boolean().describe('The row carries evidence of a finished run'),
      })
      .nullable()
      .describe('Place on the plan; null where no row of it is known'),
    calibration: z
      .strictObject({
        scale: z.string().describe('Scale of the finished run'),
        date: z.string().nullable().describe('Day on which it finished; null where the plan leaves that out'),
        memory_ratio: z.number().nullable().describe('Its measured peak memory over the estimate of that day'),
        gpu_hours_ratio: z.number().nullable().describe('Its measured GPU-hours over the estimate of that day'),
        peak_gib: figure('memory.peak_gib × memory_ratio'),
        gpu_hours: figure('compute.gpu_hours × gpu_hours_ratio'),
      })
      .nullable()
      .describe("The estimate by the team's own runs; null where the plan records none near its scale"),
    assumptions: z
      .array(
        z.strictObject({
          field: z.string().describe('Field of the run'),
          value: z.string().describe('Value that was taken'),
          reason: z.string().describe('Why that value'),
          decides: z
            .boolean()
            .describe('With another value the run would fit where it does not, or the other way round'),
        }),
      )
      .describe('Values that the config does not state'),
    unknown: z
      .array(
        z.strictObject({
          field: z.string().describe('Figure that is null'),
          reason: z.string().describe('Why, and what to add so that it can be known'),
        }),
      )
      .describe('Figures that cannot be known'),
    not_read: z
      .array(
        z.strictObject({
          key: z.string().describe('Key of a config, or flag of a command'),
          path: z.string().describe('File that states it'),
          line: z.number().describe('Line, from 1'),
          column: z.number().describe('Column, from 1'),
        }),
      )
      .describe('What looks as if it decides what the run costs, and is not in the estimate'),
  })
  .describe('Estimate of one training run by scalegate');

export type RunReport = z.infer<typeof RunReport>;
