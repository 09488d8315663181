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
    const appended = AppendList.#itemsBetween(base, this);
    if (appended !== null) return appended;
    const [all, before] = [this.toArray(), base.toArray()];
    const isSame = before.length > 0 && all[before.length - 1] === before.at(-1);
    return isSame ? all.slice(before.length) : null;
  }

  get first(): Item | undefined {
    return this.toArray()[0];
  }

  toArray(): Item[] {
    return AppendList.#itemsBetween(null, this) ?? [];
  }

  static #itemsBetween<Item>(base: AppendList<Item> | null, end: AppendList<Item>): Item[] | null {
    const parts: (readonly Item[])[] = [];
    let list: AppendList<Item> | null = end;
    for (; list !== null && list !== base; list = list.#before) parts.push(list.#items);
    return list === base ? parts.reverse().flat() : null;
  }
}
