import { describe, expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

const base = 'model_name_or_path: Qwen/Qwen2.5-7B\nper_device_train_batch_size: 8\n';

function factsOf(path: string, text: string): Record<string, unknown> {
  const { run, problems } = readRun(path, text, new Map());
  expect(problems).toEqual([]);
  const told = ['rollouts', 'paired_samples', 'reference_model', 'engine_memory_share'];
  return Object.fromEntries(
    told.flatMap((name) => {
      const fact = Object.entries(run!.facts).find(([field]) => field === `training.${name}`)?.[1];
      return fact === undefined ? [] : [[name, fact.value]];
    }),
  );
}

describe('what a recipe of trl trains on and beside', () => {
  test.each<[string, string, Record<string, unknown>]>([
    ['nothing more for SFT', 'max_length: 1024\n', {}],
    ['pairs and a reference for DPO', 'loss_type: sigmoid\n', { paired_samples: true, reference_model: true }],
    [
      'no reference where it is computed before',
      'loss_type: ipo\nprecompute_ref_log_probs: true\n',
      { paired_samples: true },
    ],
    ['no reference beside adapters', 'loss_type: sigmoid\nuse_peft: true\n', { paired_samples: true }],
    ['a reference for KTO', 'desirable_weight: 1.0\n', { reference_model: true }],
    ['rollouts for GRPO', 'num_generations: 8\nbeta: 0.0\n', { rollouts: true }],
    [
      'a reference for GRPO with a KL term',
      'num_generations: 8\nbeta: 0.04\n',
      { rollouts: true, reference_model: true },
    ],
    [
      'the share of a vLLM on the same GPU',
      'use_vllm: true\nvllm_mode: colocate\nvllm_gpu_memory_utilization: 0.7\n',
      { rollouts: true, engine_memory_share: 0.7 },
    ],
    [
      'none of one that sleeps',
      'use_vllm: true\nvllm_mode: colocate\nvllm_enable_sleep_mode: true\n',
      { rollouts: true, engine_memory_share: 0 },
    ],
    ['none of one elsewhere', 'use_vllm: true\nvllm_mode: server\n', { rollouts: true }],
  ])('%s', (_, lines, expected) => {
    expect(factsOf('recipe.yaml', `${base}${lines}`)).toEqual(expected);
  });

  test('a beta alone is taken for that of DPO, and said to be', () => {
    const { run } = readRun('recipe.yaml', `${base}beta: 0.1\n`, new Map());
    expect(run!.facts['training.reference_model']).toMatchObject({
      authority: 'default',
      reason: expect.stringContaining('beta is stated') as string,
    });
  });

  test.each<[string, Record<string, unknown>]>([
    ['ORPOConfig', { paired_samples: true }],
    ['DPOConfig', { paired_samples: true, reference_model: true }],
    ['RewardConfig', { paired_samples: true }],
    ['SFTConfig', {}],
  ])('%s in a program tells the method', (name, expected) => {
    const text = `model = AutoModelForCausalLM.from_pretrained("a/b")\nargs = ${name}(per_device_train_batch_size=1, beta=0.1)\n`;
    expect(factsOf('train.py', text)).toEqual(expected);
  });
});

describe('other frameworks', () => {
  test('verl: its engine sleeps, the reference of a KL loss does not', () => {
    const flags = [
      'actor_rollout_ref.model.path=Qwen/Qwen3-8B',
      'actor_rollout_ref.actor.use_kl_loss=True',
      'data.max_prompt_length=1024 data.max_response_length=1024',
      'actor_rollout_ref.actor.use_dynamic_bsz=True actor_rollout_ref.actor.ppo_max_token_len_per_gpu=8192',
    ].join(' ');
    const { run } = readRun('run.sh', `python3 -m verl.trainer.main_ppo ${flags}\n`, new Map());
    expect(run!.facts['training.rollouts']?.value).toBe(true);
    expect(run!.facts['training.engine_memory_share']?.value).toBe(0);
    expect(run!.facts['training.reference_model']?.value).toBe(true);
    expect(run!.facts['training.micro_batch_size']?.value).toBe(4);
  });

  test('NeMo-RL: nodes that only generate train nothing', () => {
    const text = `grpo: { max_num_steps: 10 }
policy:
  model_name: Qwen/Qwen3-8B
  generation: { colocated: { enabled: false, resources: { gpus_per_node: 8, num_nodes: 4 } } }
cluster: { gpus_per_node: 8, num_nodes: 20 }
`;
    const { run } = readRun('grpo.yaml', text, new Map());
    expect(run!.facts['hardware.count']?.value).toBe(128);
    expect(run!.facts['training.rollouts']?.value).toBe(true);
  });

  test('OpenRLHF: the program tells the method', () => {
    const dpo = 'deepspeed --module openrlhf.cli.train_dpo --pretrain a/b --micro_train_batch_size 1 --bf16\n';
    expect(factsOf('dpo.sh', dpo)).toEqual({ paired_samples: true, reference_model: true });
  });
});
