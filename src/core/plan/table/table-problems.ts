import { showText } from '../../document/show-value.ts';
import type { Problem } from '../../problem.ts';
import type { Span } from '../markdown/span.ts';
import type { Column } from './column.ts';
import type { Row, Table } from './table.ts';

export function unclearColumn(title: string, { place }: Span, gpuCount: number | null): Problem {
  const [message, hint] =
    gpuCount !== null
      ? [
          `${showText(title)} may be hours of one GPU or of all ${gpuCount}.`,
          'Head it "GPU-hours", or "Hours" with the number of GPUs.',
        ]
      : [
          `${showText(title)} may be hours, money, tokens or samples.`,
          'Name its unit in the header: Tokens, Samples, GPU-hours, Cost ($).',
        ];
  return { code: 'unclear-column', place, key: null, message, hint };
}

export function repeatedColumns(columns: readonly Column[]): Problem[] {
  const single: readonly Column['meaning'][] = [
    'parameters',
    'tokens',
    'samples',
    'steps',
    'cost',
    'memory',
    'wallClock',
  ];
  return columns.flatMap((column, index) => {
    const first = columns.find(({ meaning }) => meaning === column.meaning);
    if (first === undefined || first === column || index === 0 || !single.includes(column.meaning)) return [];
    const message = `${showText(column.title)} reads as the same column as ${showText(first.title)}.`;
    return [
      {
        code: 'duplicate-column',
        place: column.header.place,
        key: null,
        message,
        hint: 'Rename one of them; the first one is taken.',
      },
    ];
  });
}

export function brokenHeader({ header, delimiters, place }: Table): Problem[] {
  if (delimiters == null || delimiters === header.length) return [];
  const message = `The header has ${header.length} cells, the line below it ${delimiters}.`;
  return [{ code: 'broken-table', place, key: null, message, hint: 'GitHub shows no table unless both have as many.' }];
}

export function raggedRow({ cells, place }: Row, expected: number): Problem {
  const message = `The row has ${cells.length} cells, its header ${expected}.`;
  return {
    code: 'ragged-row',
    place,
    key: null,
    message,
    hint: 'Give each column a cell, — where there is nothing to say.',
  };
}

export function missingName({ place }: Row): Problem {
  return {
    code: 'missing-name',
    place,
    key: null,
    message: 'The row has no name.',
    hint: 'Name what the figures are of.',
  };
}
