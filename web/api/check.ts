// Checks an answer of the server against the contract, so that a page never shows half an answer as a figure.
import generated from "./generated/shapes.json";

export interface Shape {
  readonly ref?: string;
  readonly type?: string | readonly string[];
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly others?: Shape;
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
}

const shapes: Readonly<Record<string, Shape>> = generated.shapes as Readonly<Record<string, Shape>>;
const answers: Readonly<Record<string, Shape>> = generated.answers as Readonly<Record<string, Shape>>;
const patterns = new Map<string, RegExp>();

function pattern(source: string): RegExp {
  const known = patterns.get(source);
  if (known !== undefined) return known;
  const made = new RegExp(source, "u");
  patterns.set(source, made);
  return made;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

function plainFault(value: unknown, shape: Shape): string | undefined {
  const type = typeOf(value);
  if (shape.type !== undefined && ![shape.type].flat().includes(type)) return `is ${type}, not ${shape.type}`;
  if (shape.enum !== undefined && !shape.enum.includes(value)) return "is not one of the listed values";
  if (shape.const !== undefined && shape.const !== value) return `is not ${String(shape.const)}`;
  if (typeof value === "number" && shape.minimum !== undefined && value < shape.minimum)
    return "is too small";
  if (typeof value === "string" && shape.pattern !== undefined && !pattern(shape.pattern).test(value)) {
    return `does not match ${shape.pattern}`;
  }
  return undefined;
}

function objectFault(value: Readonly<Record<string, unknown>>, shape: Shape, at: string): string | undefined {
  const missing = shape.required?.find((name) => !(name in value));
  if (missing !== undefined) return `${at}/${missing} is missing`;
  for (const [name, part] of Object.entries(value)) {
    const expected = shape.properties?.[name] ?? shape.others;
    const fault = expected === undefined ? undefined : faultOf(part, expected, `${at}/${name}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function firstFault(faults: Iterable<string | undefined>): string | undefined {
  for (const fault of faults) if (fault !== undefined) return fault;
  return undefined;
}

function* listFaults(value: readonly unknown[], shape: Shape, at: string): Generator<string | undefined> {
  if (shape.items === undefined) return;
  for (const [index, part] of value.entries()) yield faultOf(part, shape.items, `${at}/${index}`);
}

/** The first place where the value leaves the shape, in words for a log; undefined when it fits. */
export function faultOf(value: unknown, shape: Shape, at = ""): string | undefined {
  if (shape.ref !== undefined) {
    const named = shapes[shape.ref];
    return named === undefined ? `${at}: unknown shape ${shape.ref}` : faultOf(value, named, at);
  }
  const plain = plainFault(value, shape);
  if (plain !== undefined) return `${at} ${plain}`;
  if (shape.oneOf !== undefined && !shape.oneOf.some((one) => faultOf(value, one, at) === undefined)) {
    return `${at} fits none of its forms`;
  }
  const whole = firstFault((shape.allOf ?? []).map((part) => faultOf(value, part, at)));
  if (whole !== undefined) return whole;
  if (Array.isArray(value)) return firstFault(listFaults(value, shape, at));
  if (value !== null && typeof value === "object") {
    return objectFault(value as Readonly<Record<string, unknown>>, shape, at);
  }
  return undefined;
}

/** `name` is the method and path of the contract, as in "GET /api/items/{id}", or "refusal". */
export function answerFault(name: string, value: unknown): string | undefined {
  const shape = answers[name];
  return shape === undefined ? `no answer is known for ${name}` : faultOf(value, shape);
}
