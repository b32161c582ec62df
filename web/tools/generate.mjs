// Writes api/generated from docs/api/openapi.yaml: the types of the contract, and the shape of each answer as
// plain data which api/check.ts reads. No code is generated: ajv's output for the same contract is ten times larger.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";

const contract = new URL("../../docs/api/openapi.yaml", import.meta.url);
const target = new URL("../api/generated/", import.meta.url);
const known = ["type", "required", "enum", "const", "pattern", "minimum"];

/** The part of a schema that decides whether a value is good; words for people are left out. */
function shape(schema) {
  if (schema.$ref) return { ref: schema.$ref.split("/").at(-1) };
  const kept = Object.fromEntries(known.filter((name) => name in schema).map((name) => [name, schema[name]]));
  if (schema.properties) {
    kept.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, part]) => [name, shape(part)]),
    );
  }
  if (schema.items) kept.items = shape(schema.items);
  if (typeof schema.additionalProperties === "object") kept.others = shape(schema.additionalProperties);
  if (schema.oneOf) kept.oneOf = schema.oneOf.map(shape);
  if (schema.allOf) kept.allOf = schema.allOf.map(shape);
  return kept;
}

function answerSchema(operation) {
  return ["200", "201"]
    .map((status) => operation.responses[status]?.content?.["application/json"]?.schema)
    .find(Boolean);
}

function answers(document) {
  const methods = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [
      `${method.toUpperCase()} ${path}`,
      answerSchema(operation),
    ]),
  );
  return Object.fromEntries(
    methods.filter(([, schema]) => schema).map(([name, schema]) => [name, shape(schema)]),
  );
}

function reachable(roots, schemas) {
  const found = {};
  const visit = (value) => {
    if (value === null || typeof value !== "object") return;
    if (typeof value.ref === "string" && !(value.ref in found)) {
      found[value.ref] = shape(schemas[value.ref]);
      visit(found[value.ref]);
    }
    Object.values(value).forEach(visit);
  };
  visit(roots);
  return found;
}

/** Leaves a file alone that would not change, so that nothing is built again for nothing. */
async function writeChanged(name, text) {
  const file = new URL(name, target);
  const before = await readFile(file, "utf8").catch(() => undefined);
  if (before !== text) await writeFile(file, text);
}

const document = parse(await readFile(contract, "utf8"));
const roots = { ...answers(document), refusal: { ref: "Refusal" } };
await mkdir(target, { recursive: true });
await writeChanged("contract.ts", astToString(await openapiTS(contract)));
await writeChanged(
  "shapes.json",
  JSON.stringify({ answers: roots, shapes: reachable(roots, document.components.schemas) }),
);
