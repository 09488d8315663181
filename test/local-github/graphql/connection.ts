export interface ConnectionArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/**
 * A GraphQL connection over all items; `node` makes what is asked of each.
 *
 * @throws where GitHub refuses the query: without `first` or `last`, or with more than 100 of them.
 */
export function connection<Item, Node>(
  items: readonly Item[],
  { after, before, first, last }: ConnectionArguments,
  node: (item: Item) => Node,
) {
  const size = first ?? last;
  if (size === undefined || size === null) throw new Error('A connection needs `first` or `last`');
  if (size < 1 || size > 100) throw new Error(`A connection gives 1 to 100 records, not ${size}`);
  const from = after === undefined || after === null ? 0 : positionOf(after) + 1;
  const to = before === undefined || before === null ? items.length : positionOf(before);
  const isForward = first !== undefined && first !== null;
  const start = isForward ? from : Math.max(from, to - size);
  const end = isForward ? Math.min(to, from + size) : to;
  const shown = items.slice(start, end);
  return {
    totalCount: items.length,
    nodes: () => shown.map(node),
    pageInfo: {
      startCursor: shown.length === 0 ? null : cursorOf(start),
      endCursor: shown.length === 0 ? null : cursorOf(end - 1),
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
    },
  };
}

function cursorOf(position: number): string {
  return Buffer.from(`cursor:${position}`).toString('base64');
}

function positionOf(cursor: string): number {
  const position = /^cursor:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
  if (position === undefined) throw new Error(`\`${cursor}\` does not appear to be a valid cursor`);
  return Number(position);
}
