/** A list that has at least one item. */
export type NonEmpty<Item> = readonly [Item, ...Item[]];

/**
 * Groups items by a name, in the order in which the names first occur.
 * @param items in any order
 * @param nameOf the group's name of an item
 */
export function groupBy<Item>(
  items: Iterable<Item>,
  nameOf: (item: Item) => string,
): readonly NonEmpty<Item>[] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(nameOf(item));
    if (group === undefined) groups.set(nameOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
