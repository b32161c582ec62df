// One of a few, chosen by a click; the choice stands in the address, the usual one by not standing in it.
import { SegmentedControl } from "@mantine/core";
import { type Changes, usePlace } from "../lib/perimeter";

type Values<Value extends string> = readonly [Value, ...Value[]];

export interface PlaceChoiceProps<Value extends string> {
  /** Its name in the address. */
  readonly name: string;
  readonly label: string;
  readonly values: Values<Value>;
  /** The one where the address says nothing; absent = the first. */
  readonly usual?: NoInfer<Value>;
  readonly text: (value: Value) => string;
  /** What else changes with it. */
  readonly with?: Changes;
}

/** The one that the address asks for; else the usual one. */
export function usePlaceChoice<Value extends string>(
  name: string,
  values: Values<Value>,
  usual: NoInfer<Value> = values[0],
): Value {
  const { param } = usePlace();
  return values.find((one) => one === param(name)) ?? usual;
}

export function PlaceChoice<Value extends string>(props: PlaceChoiceProps<Value>) {
  const { name, label, values, usual = values[0], text } = props;
  const { change } = usePlace();
  return (
    <SegmentedControl
      size="xs"
      transitionDuration={0}
      aria-label={label}
      value={usePlaceChoice(name, values, usual)}
      onChange={(value) => change({ ...props.with, [name]: value === usual ? undefined : value })}
      data={values.map((value) => ({ value, label: text(value) }))}
    />
  );
}
