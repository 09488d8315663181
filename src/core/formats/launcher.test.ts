import { expect, test } from 'vitest';
import { readRun } from '../reading/read-run.ts';

const program = 'train.py --model_name_or_path Qwen/Qwen2.5-7B --per_device_train_batch_size 1 --learning_rate 1e-5';

test.each([
  ['mpirun -np 16 -H a:8,b:8 -x NCCL_DEBUG=INFO python', 16],
  ['mpiexec -n 4 python', 4],
  ['mpirun -np 2 torchrun --nnodes 2 --nproc_per_node 8', 16],
  ['srun -N 2 --gpus-per-node=8 --ntasks-per-node=8 python', 16],
  ['srun -N2 --gres=gpu:h100:4 python', 8],
  ['srun -n 16 --gpus-per-task=1 python', 16],
  ['#SBATCH --nodes=2\n#SBATCH --ntasks-per-node=4\nsrun python', 8],
  ['srun -N 4 torchrun --nproc_per_node 8', 32],
  ['NGPU=2 torchrun --nnodes 2', 4],
  ['python -m accelerate.commands.launch --num_processes 4', 4],
])('%s starts %i processes, one a GPU', (launcher, gpus) => {
  const { run } = readRun('run.sh', `${launcher} ${program}`);
  expect(run?.facts['hardware.count']).toMatchObject({ value: gpus, authority: 'config' });
});

test.each([
  // A task a machine starts the processes of its machine itself
  '#SBATCH --nodes=2\n#SBATCH --ntasks-per-node=1\nsrun python',
  'mpirun -np $RANKS python',
  'srun -n 2 torchrun',
  'python -n 4',
])('%s does not tell the number of GPUs', (launcher) => {
  const { run } = readRun('run.sh', `${launcher} ${program}`);
  expect(run?.facts).not.toHaveProperty(['hardware.count']);
});
