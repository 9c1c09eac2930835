/** A list of which something goes, comes and changes places at each tick. */

const ALL = ["a", "b", "c", "d"];

export function items(tick) {
  const some = ALL.filter((_, index) => index !== tick % 5);
  return tick % 3 ? some : some.reverse();
}
