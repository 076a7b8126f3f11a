// Reads BPMN and DMN as bpmn.io does, and evaluates decision tables with feelin. One JSON a line, in and out.
// Runs in the folder that holds node_modules.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(`${process.cwd()}/`);
const { BpmnModdle } = require("bpmn-moddle");
const { DmnModdle } = require("dmn-moddle");
const { evaluate, unaryTest } = require("feelin");

async function bpmn({ document }) {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(document);
  const processes = rootElement.rootElements.filter((one) => one.$type === "bpmn:Process");
  const parts = processes.flatMap((one) => one.flowElements || []);
  const flows = parts.filter((one) => one.$type === "bpmn:SequenceFlow");
  const [plane] = rootElement.diagrams.map((one) => one.plane);
  return {
    warnings: warnings.map((one) => one.message),
    nodes: parts.filter((one) => one.$type !== "bpmn:SequenceFlow").map((one) => one.id),
    flows: flows.map((one) => [one.id, one.sourceRef.id, one.targetRef.id]),
    lanes: processes.flatMap((one) => one.laneSets.flatMap((set) => set.lanes)).map((one) => one.name),
    drawn: plane.planeElement.map((one) => one.bpmnElement.id),
  };
}

// Each case gives FEEL texts by name; the answer holds the outputs of each rule that matches.
async function dmn({ document, decision, cases }) {
  const { rootElement, warnings } = await new DmnModdle().fromXML(document);
  const found = rootElement.drgElement.find((one) => one.id === decision);
  const table = found.decisionLogic;
  return {
    warnings: warnings.map((one) => one.message),
    hit: table.hitPolicy,
    answers: cases.map((given) => answer(table, given)),
  };
}

function answer(table, given) {
  const context = {};
  for (const [name, text] of Object.entries(given)) {
    place(context, name.split("."), valueOf(text, {}));
  }
  const asked = table.input.map((one) => valueOf(one.inputExpression.text, context));
  const rules = table.rule.filter((rule) =>
    rule.inputEntry.every((entry, index) => holds(entry.text, { ...context, "?": asked[index] })),
  );
  return rules.map((rule) => rule.outputEntry.map((entry) => plain(valueOf(entry.text, context))));
}

function place(context, [name, ...rest], value) {
  if (rest.length === 0) context[name] = value;
  else place((context[name] ??= {}), rest, value);
}

function holds(text, context) {
  return text === "-" || unaryTest(text, context).value === true;
}

function valueOf(text, context) {
  return evaluate(text, context).value;
}

// A value with its kind, since a date is no text.
function plain(value) {
  if (value === null || ["string", "boolean", "number"].includes(typeof value)) return value;
  return { feel: String(value) };
}

const verbs = { bpmn, dmn };
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  let told;
  try {
    told = await verbs[order.verb](order);
  } catch (error) {
    told = { error: String(error.stack || error) };
  }
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
