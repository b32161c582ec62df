// The numbers of some items, each a door to its item.
import { Link } from "wouter";
import type { Schemas } from "../api/client";
import { usePlace } from "../lib/perimeter";

export function ItemLinks({ items }: { items: readonly Schemas["ItemRef"][] }) {
  const { href } = usePlace();
  return items.map((item) => (
    <span key={item.id}>
      <Link href={href(`/items/${item.id}`)}>{item.number}</Link>{" "}
    </span>
  ));
}
