/**
 * A list that never changes, and to which more can be appended without copying it: scripts append to one variable line by
 * line, in branches that each go on from the same list.
 */
export class AppendList<Item> {
  readonly length: number;
  readonly #before: AppendList<Item> | null;
  readonly #items: readonly Item[];

  private constructor(before: AppendList<Item> | null, items: readonly Item[]) {
    this.length = (before?.length ?? 0) + items.length;
    this.#before = before;
    this.#items = items;
  }

  static of<Item>(items: readonly Item[]): AppendList<Item> {
    return new AppendList(null, items);
  }

  append(items: readonly Item[]): AppendList<Item> {
    return new AppendList(this, items);
  }

  /** What was appended to `base`; null where this is no longer list of the same items. */
  since(base: AppendList<Item>): Item[] | null {
    const parts: (readonly Item[])[] = [];
    for (let list: AppendList<Item> | null = this; list !== null; list = list.#before) {
      if (list === base) return parts.reverse().flat();
      parts.push(list.#items);
    }
    const [all, before] = [parts.reverse().flat(), base.toArray()];
    const isSame = before.length > 0 && all[before.length - 1] === before.at(-1);
    return isSame ? all.slice(before.length) : null;
  }

  get first(): Item | undefined {
    return this.toArray()[0];
  }

  toArray(): Item[] {
    const parts: (readonly Item[])[] = [];
    for (let list: AppendList<Item> | null = this; list !== null; list = list.#before) parts.push(list.#items);
    return parts.reverse().flat();
  }
}
