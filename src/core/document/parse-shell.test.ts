import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseShell, type ShellScript } from './parse-shell.ts';

function scriptOf(text: string): ShellScript {
  const { document, problems } = parseShell('run.sh', text);
  expect(problems).toEqual([]);
  return document!.value as ShellScript;
}

/** The commands as lines, with `?` for what is not known. */
function linesOf(text: string): string[] {
  return scriptOf(text).commands.map(({ words }) => words.join(' ').replaceAll('\0', '?'));
}

describe('what a script would run is told without running it', () => {
  test.each([
    ['train --lr 1e-5 \\\n  --seq 4096 # long\n', ['train --lr 1e-5 --seq 4096']],
    ['train \'a  b\' "c  d" e\\ f', ['train a  b c  d e f']],
    [
      'N=8\ntrain --gpus $N --same ${N} --text "$N" --literal \'$N\'',
      ['train --gpus 8 --same 8 --text 8 --literal $N'],
    ],
    ['export N=8; train $N', ['export', 'train 8']],
    ['train ${N:-8} ${M-4} ${K:=2} $K', ['train 8 4 2 2']],
    ['N=${1:-8}\ntrain $N', ['train 8']],
    ['N=4\ntrain ${N:-8} ${N:+yes} x${M:+no}', ['train 4 yes x']],
    ['A=8 B=4\ntrain $((A * $B + 2 ** 3)) $(( (A - B) / 3 ))', ['train 40 1']],
    [
      'ARGS=(\n  --a 1 # one\n  --b "2 3"\n)\nARGS+=(--c)\ntrain "${ARGS[@]}" ${#ARGS[@]} ${ARGS[1]}',
      ['train --a 1 --b 2 3 --c 5 1'],
    ],
    ['OPTS=" \\\n  --a 1 \\\n  --b 2"\nOPTS="$OPTS --c 3"\ntrain $OPTS', ['train --a 1 --b 2 --c 3']],
    ['cat <<EOF > out\ntrain --no\nEOF\ntrain --yes', ['cat', 'train --yes']],
    ["read -r -d '' ARGS <<EOF\ntrain \\\n  --a 1\nEOF\npython $ARGS", ['read -r -d  ARGS', 'python train --a 1']],
    ['train a 2>&1 | tee log > out &', ['train a', 'tee log']],
    ['CMD="train --a 1"\neval "$CMD"', ['train --a 1']],
    ['CMD="train --a 1"\nsrun -N 2 bash -c "$CMD --b \\$X"', ['srun -N 2 train --a 1 --b ?']],
    ['echo train --a 1', []],
    ['f() {\n  train --a\n}\nf', ['train --a', 'f']],
    ['train "$@"', ['train']],
  ])('%j', (text, lines) => {
    expect(linesOf(text)).toEqual(lines);
  });

  test.each([
    ['train $N ${N} "$N"', ['train ? ? ?']],
    ['train $1 $(nproc) `nproc` $((N * 2)) ${X%.*}', ['train ? ? ? ? ?']],
    ['N=$(nvidia-smi | wc -l)\ntrain --gpus=$N', ['train --gpus=?']],
    ['train $((1 / 0)) $((a b)) $((99999999999 * 99999999999))', ['train ? ? ?']],
  ])('%j has parts that are not known, and none is guessed', (text, lines) => {
    expect(linesOf(text)).toEqual(lines);
  });
});

describe('a branch counts where its condition is known', () => {
  test.each([
    ['D=1\nif [ $D == 1 ]; then N=2; else N=4; fi\ntrain $N', 'train 2'],
    ['D=0\nif [[ $D -gt 0 ]]; then N=2; elif [[ $D -eq 0 ]]; then N=3; else N=4; fi\ntrain $N', 'train 3'],
    ['N=$1\nif [ "$N" == "" ]; then N=8; fi\ntrain $N', 'train 8'],
    ['if [ -f x ]; then N=2; else N=4; fi\ntrain $N', 'train ?'],
    ['if [ -f x ]; then N=4; else N=4; fi\ntrain $N', 'train 4'],
    ['N=1\nif [ -f x ]; then N=2; fi\ntrain $N', 'train ?'],
    ['N=1\n[ -f x ] && N=2\ntrain $N', 'train ?'],
    ['S=7B\ncase $S in\n  1B) N=1 ;;\n  7B|8B) N=2 ;;\n  *) N=3 ;;\nesac\ntrain $N', 'train 2'],
    ['case $1 in a) N=1 ;; *) N=2 ;; esac\ntrain $N', 'train ?'],
    ['N=1\nwhile [ $# -gt 0 ]; do N=$2; shift; done\ntrain $N', 'train 1'],
    ['if [ -f x ]; then if [ -f y ]; then N=1; else N=2; fi; else N=3; fi\ntrain $N', 'train ?'],
    ['N=1\n[ -f x ] && N=2 || N=3\ntrain $N', 'train ?'],
    ['N=1\nwhile [ $# -gt 0 ]; do case $1 in -a) N=0 ;; -b) N=$2 ;; *) exit ;; esac; shift; done\ntrain $N', 'train 1'],
    ['for N in 8; do :; done\ntrain $N', 'train 8'],
    ['for N in 1 2; do :; done\ntrain $N', 'train ?'],
  ])('%j', (text, line) => {
    expect(linesOf(text).at(-1)).toBe(line);
  });

  test('a command in a branch that is not taken is none', () => {
    expect(linesOf('D=1\nif [ $D = 1 ]; then a; else b; fi').filter((line) => !line.startsWith('['))).toEqual(['a']);
  });
});

test('a word stands where its value was assigned', () => {
  const { document } = parseShell('run.sh', 'LR=1e-5\nOPTS="--a 1 \\\n  --b 2"\ntrain --lr $LR $OPTS key=$LR --x 3\n');
  const lines = (document!.value as ShellScript).commands[0]!.words.map((_, index) => {
    return document!.placeOf(['commands', 0, 'words', index]).line;
  });
  expect(lines).toEqual([4, 4, 1, 2, 2, 3, 3, 1, 4, 4]);
});

test('Slurm options are read, and set what Slurm sets from them', () => {
  const script = scriptOf(
    '#!/bin/bash\n#SBATCH --nodes=4\n#SBATCH --gres gpu:a100:8 # all\n#SBATCH -n 32\nsrun train $SLURM_NNODES',
  );
  expect(script.sbatch).toEqual({ nodes: '4', gres: 'gpu:a100:8', ntasks: '32' });
  expect(script.commands[0]!.words).toEqual(['srun', 'train', '4']);
});

test('assignments in front of a command are its own', () => {
  const { commands, variables } = scriptOf('A=1 B=2 \\\n  train\n');
  expect(commands).toEqual([{ environment: { A: '1', B: '2' }, words: ['train'] }]);
  expect(variables).toEqual({ HOME: '~' });
});

test('arguments that the script only sets are there for the one that sources it', () => {
  expect(linesOf('MODEL_ARGS="\n --num-layers 2 \\\n --bf16"\nNAME=x\n')).toEqual(['--num-layers 2 --bf16']);
});

test('several lists of them are the arguments of one command', () => {
  const text = 'MODEL="--num-layers 2"\nBATCH=(--micro-batch-size 1 --bf16)\nMODEL+=" --hidden-size 8"\n';
  expect(linesOf(text)).toEqual(['--num-layers 2 --hidden-size 8 --micro-batch-size 1 --bf16']);
});

describe('whatever the text, it is read, soon, and within the limits', () => {
  const pieces = fc.constantFrom(
    ...[
      'if ',
      'then ',
      'else ',
      'elif ',
      'fi\n',
      'case x in ',
      'a) ',
      ';; ',
      'esac ',
      'while ',
      'for x in ',
      'do ',
      'done ',
    ],
    ...[
      '$(',
      '`',
      '${',
      '}',
      '$((',
      '))',
      '"',
      "'",
      '\\',
      '\n',
      '(',
      ')',
      '[[ ',
      ' ]]',
      '<<EOF\n',
      'EOF\n',
      '&&',
      '||',
      '|',
    ],
    ...[
      'A=',
      '$A',
      'A=($A $A)',
      '"${A[@]}"',
      'A="$A$A"',
      'eval ',
      'bash -c ',
      '#',
      '--x ',
      '__proto__=1 ',
      '\0',
      '>',
      'read A ',
    ],
  );
  const scripts = fc
    .array(fc.oneof(pieces, fc.string({ maxLength: 8 })), { maxLength: 200 })
    .map((parts) => parts.join(''));

  test('any bytes', () => {
    fc.assert(
      fc.property(fc.oneof(scripts, fc.string(), fc.string({ unit: 'binary' })), (text) => {
        expect(parseShell('a.sh', text).document).not.toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['a variable that doubles', 'A=xxxxxxxx\n' + 'A="$A$A"\n'.repeat(200) + 'train $A'],
    ['an array that doubles', 'A=(1 2)\n' + 'A=("${A[@]}" "${A[@]}")\n'.repeat(200) + 'train "${A[@]}"'],
    ['a long list, added to', 'A="x"\n' + 'A="$A --y"\n'.repeat(20_000)],
    ['nested branches', 'if [ -f x ]; then A=1\n'.repeat(20_000) + 'fi\n'.repeat(20_000)],
    ['nested braces', '${a:-'.repeat(50_000)],
    ['nested parentheses', '$(('.repeat(50_000) + '1' + '))'.repeat(50_000)],
    ['nested quotes', '"$('.repeat(50_000)],
    ['a script in a script', 'A="eval \\$A \\$A"\n' + 'eval "$A $A"\n'.repeat(1_000)],
    ['many words', 'train ' + 'x '.repeat(400_000)],
    ['many here-documents', 'cat <<A <<B\n'.repeat(50_000)],
    ['many variables', Array.from({ length: 50_000 }, (_, index) => `A${index}=1`).join('\n')],
    ['brackets', '[['.repeat(100_000)],
  ])('%s', (_, text) => {
    expect(parseShell('a.sh', text).document).not.toBeNull();
  });
});
