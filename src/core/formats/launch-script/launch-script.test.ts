import { describe, expect, test } from 'vitest';
import { readRun, referencesOf } from '../../reading/read-run.ts';

const axolotl = 'base_model: a/b\nsequence_len: 4096\nmicro_batch_size: 2\ngradient_accumulation_steps: 4\n';

function read(script: string, files: Readonly<Record<string, string>>, path = 'scripts/run.sh') {
  return readRun(path, script, new Map(Object.entries(files)));
}

function valuesOf(script: string, files: Readonly<Record<string, string>>, path?: string): Record<string, unknown> {
  const { run, problems } = read(script, files, path);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test('the config that a script names is read as the script changes it, and the chain says so', () => {
  const script = 'N=1\naxolotl train configs/sft.yaml --micro-batch-size $N\n';
  const { run, problems } = read(script, { 'configs/sft.yaml': axolotl });
  expect(problems).toEqual([]);
  expect(run).toMatchObject({ path: 'scripts/run.sh', dialect: 'launch-script', name: 'run' });
  expect(run?.facts['training.sequence_length']).toMatchObject({ value: 4096, place: { path: 'configs/sft.yaml' } });
  expect(run?.facts['training.micro_batch_size']).toMatchObject({
    value: 1,
    place: { path: 'scripts/run.sh', line: 1 },
    replaces: { value: 2, place: { path: 'configs/sft.yaml', line: 3 } },
  });
});

test('a script reads the files that it names, and those that they name', () => {
  const script = 'accelerate launch --config_file acc.yaml train.py --config c.yaml\n';
  const named = referencesOf('run.sh', script);
  expect(named).toEqual(expect.arrayContaining(['acc.yaml', 'c.yaml']));
  const config = 'model_name_or_path: a/b\nlearning_rate: 1e-5\ndeepspeed: ds.json\n';
  expect(referencesOf('run.sh', script, new Map([['c.yaml', config]]))).toContain('ds.json');
});

test('an accelerate file that a script names is weaker than the config and than the flags of its launcher', () => {
  const script = 'accelerate launch --config_file acc.yaml --num_processes 16 train.py --config c.yaml\n';
  const values = valuesOf(script, {
    'acc.yaml': 'distributed_type: FSDP\nnum_processes: 8\nmixed_precision: fp16\n',
    'c.yaml': 'model_name_or_path: a/b\nper_device_train_batch_size: 4\nlearning_rate: 1e-5\nbf16: true\n',
  });
  expect(values).toMatchObject({
    'hardware.count': 16,
    'parallelism.sharding': 'zero3',
    'training.precision': 'bf16-mixed',
    'training.micro_batch_size': 4,
  });
});

const torchtune = `model: { _component_: torchtune.models.llama3_1.llama3_1_8b }
tokenizer: { max_seq_len: 2048 }
optimizer: { _component_: torch.optim.AdamW }
batch_size: 2
dtype: bf16
`;

describe('how frameworks name a config and change it', () => {
  test.each([
    ['torchtune', 'tune run --nproc_per_node 8 full_finetune_distributed --config t.yaml batch_size=1', 1],
    ['a flag with =', 'torchrun --nproc_per_node=8 train.py --config=t.yaml --batch_size=3', 3],
    ['a flag and a value', 'python train.py --config t.yaml --batch_size 5', 5],
    ['a value that only running would tell', 'python train.py --config t.yaml batch_size=$1', undefined],
    ['nothing changed', 'python train.py t.yaml', 2],
  ])('%s', (_, script, micro) => {
    expect(valuesOf(script, { 't.yaml': torchtune })['training.micro_batch_size']).toBe(micro);
  });

  test('Hydra: options of groups, values, and values taken out', () => {
    const files = {
      'conf/config.yaml':
        'defaults:\n  - model: small\n  - _self_\ntrainer: {devices: 8, precision: bf16, num_nodes: 1}\n',
      'conf/model/small.yaml': 'micro_batch_size: 4\nnum_layers: 2\noptim: {name: adam}\n',
      'conf/model/big.yaml': 'micro_batch_size: 1\nnum_layers: 40\noptim: {name: adam}\n',
      'conf/exp/long.yaml': '# @package _global_\nmodel: {encoder_seq_length: 8192}\n',
    };
    const script =
      'python pretrain.py --config-path=conf --config-name=config model=big +exp=long trainer.num_nodes=4 ~model.optim.name\n';
    const { run, problems } = read(script, files, 'pretrain.sh');
    expect(problems).toEqual([]);
    expect(run?.facts).toMatchObject({
      'model.num_layers': { value: 40, place: { path: 'conf/model/big.yaml', line: 2 } },
      'training.sequence_length': { value: 8192, place: { path: 'conf/exp/long.yaml', line: 2 } },
      'hardware.count': { value: 32 },
    });
    expect(run?.facts).not.toHaveProperty(['training.optimizer']);
  });

  test.each([
    [
      'as its program names it',
      'torchrun --nproc_per_node 4 src/train.py model=big',
      'config_path="../conf", config_name="run"',
    ],
    [
      'by a name of its own',
      'python -m src.train --config-name run model=big',
      "config_path='../conf', config_name='other'",
    ],
  ])('Hydra: the config of a program, %s', (_, script, decorator) => {
    const files = {
      'src/train.py': `import hydra\n\n@hydra.main(version_base=None, ${decorator})\ndef main(cfg):\n    pass\n`,
      'conf/run.yaml': 'defaults: [{model: small}]\ntrainer: {devices: 8, precision: bf16, num_nodes: 1}\n',
      'conf/model/small.yaml': 'micro_batch_size: 4\nnum_layers: 2\noptim: {name: adam}\n',
      'conf/model/big.yaml': 'micro_batch_size: 1\nnum_layers: 40\noptim: {name: adam}\n',
    };
    expect(valuesOf(`${script}\n`, files)).toMatchObject({ 'model.num_layers': 40, 'training.micro_batch_size': 1 });
  });

  test('a program that is none of Hydra, or names its config where only running it would tell, starts none', () => {
    const conf = 'trainer: {devices: 8, precision: bf16}\nmodel: {micro_batch_size: 1, optim: {name: adam}}\n';
    for (const text of [
      'def main(cfg): pass\n',
      '@hydra.main(config_path="conf", config_name=NAME)\ndef main(cfg): pass\n',
    ])
      expect(read('python train.py a=1\n', { 'train.py': text, 'conf/config.yaml': conf }).run).toBeNull();
  });

  test('GPT-NeoX: several files in a folder, where none may repeat another', () => {
    const files = {
      'configs/model.yml': '{"pipe-parallel-size": 1, "num-layers": 12, "hidden-size": 768, "num-attention-heads": 12}',
      'configs/local.yml': '{"train_micro_batch_size_per_gpu": 4, "seq_length": 2048}',
    };
    const script = 'python ./deepy.py train.py -d configs model.yml local.yml\n';
    expect(valuesOf(script, files)).toMatchObject({ 'model.num_layers': 12, 'training.micro_batch_size': 4 });
    const twice = { ...files, 'configs/local.yml': '{"num_layers": 24, "seq_length": 2048}' };
    expect(read(script, twice)).toMatchObject({
      run: null,
      problems: [{ code: 'duplicate-key', key: 'num_layers', place: { path: 'configs/local.yml' } }],
    });
  });

  test('prime-rl: files after @, of which the later counts', () => {
    const files = {
      'a.toml': 'max_steps = 10\n[model]\nname = "a/b"\nseq_len = 512\n[optim]\nlr = 1\n',
      'b.toml': 'max_steps = 20\n',
    };
    expect(valuesOf('uv run sft @ a.toml @ b.toml\n', files)['training.steps']).toBe(20);
  });
});

test.each([
  'python eval.py --config t.yaml',
  'python train.py --config missing.yaml',
  'python train.py --output out.yaml',
  'cat t.yaml',
])('%s is no training run', (script) => {
  const { run } = read(script, { 't.yaml': torchtune });
  expect(Object.keys(run?.facts ?? {}).filter((field) => field.startsWith('model.'))).toEqual([]);
});

test('a wrong value that a script sets is a problem on its line', () => {
  const { problems } = read('axolotl train c.yaml --micro-batch-size many\n', { 'c.yaml': axolotl });
  expect(problems).toMatchObject([{ key: 'micro_batch_size', place: { path: 'scripts/run.sh', line: 1 } }]);
});

test.each([
  ['--gres=gpu:h100:8', 'h100'],
  ['--gpus-per-node=a100:4', 'a100'],
  ['-C v100-32g', 'v100-32gb'],
  ['--constraint=a100_80g', 'a100-80gb'],
  ['--gres=gpu:8', undefined],
  ['--gres=gpu:tesla:8', undefined],
  ['--constraint=infiniband', undefined],
])('#SBATCH %s is read as the GPU %s', (option, gpu) => {
  const script = `#SBATCH ${option}\nsrun python train_sft.py --config configs/sft.yaml\n`;
  const files = new Map([['configs/sft.yaml', 'model_name_or_path: gpt2\nlearning_rate: 1e-4\noutput_dir: out\n']]);
  expect(readRun('run.sh', script, files).run?.facts['hardware.gpu']?.value).toBe(gpu);
});
