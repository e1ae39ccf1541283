import type { Schema } from '../commands/json-schema.ts';
import { listOf, mapOf, object, texts } from '../commands/output-shape.ts';
import { planRequests } from '../commands/plan-requests.ts';
import type { ObjectReply } from '../commands/reply.ts';
import { planMoneyShape, planTotalsShape } from '../commands/row-shapes.ts';
import { osUser } from '../journal/os-user.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import { planMoneyTotals } from '../model/plan-money.ts';
import { fileWord } from '../model/shell-word.ts';
import type { Input } from '../operations/input.ts';
import type { WriteRequest } from '../operations/registry.ts';
import { accountsOf } from '../writes/bulk/plan-accounts.ts';
import { moneyIn } from '../writes/bulk/plan-file.ts';
import { rowProblem, tableOperation, tableOperations, targetKey } from '../writes/bulk/table-row.ts';
import { reasonFault, writeRequestTextFault } from '../writes/request-text.ts';
import { answerSchema } from './answer.ts';
import type { AssistantContext } from './assistant-context.ts';
import { type Call, type Change, type Given, limits, type Tool } from './tool.ts';

const shape = object({
  ...texts('name', 'file', 'proposedBy', 'toReview', 'toRun'),
  accounts: listOf('text'),
  changes: listOf(
    object({
      row: 'number',
      ...texts('ref', 'verb', 'sentence', 'rule'),
      irreversible: 'switch',
      before: mapOf('any'),
      after: mapOf('any'),
      money: planMoneyShape,
    }),
  ),
  money: planTotalsShape,
  leftOut: listOf(object(texts('ref', 'why'))),
});

/** The one tool that proposes: its plan is saved for a person to review, and nothing is sent. */
export const planCreate: Tool = {
  name: 'plan_create',
  title: 'Propose a plan',
  description:
    'Plan changes and save them to a file for a person to review and run. Sends nothing: no tool can. Reads each subscription from its vendor, and answers with a sentence, the money and the rule of each change, and why others are refused. Tell the person toReview and toRun; they decide.',
  parameters: [
    {
      name: 'changes',
      help: 'the changes; at most one of each subscription or add-on',
      kind: 'changes',
      isRequired: true,
      choices: null,
      names: null,
      schema: changesSchema(),
    },
    {
      name: 'reason',
      help: 'why, for the person and the journal; a ticket, for example',
      kind: 'text',
      isRequired: false,
      choices: null,
      names: null,
      schema: null,
    },
  ],
  outputSchema: answerSchema('object', shape),
  isProposal: true,
  run,
};

/** One object with the inputs of all operations: clients differ in which alternatives of a schema they understand. */
function changesSchema(): Schema {
  const inputs = Map.groupBy(
    tableOperations.flatMap((operation) => operation.inputs.map((input) => ({ operation, input }))),
    ({ input }) => input.name,
  );
  const values = [...inputs].map(([name, uses]) => {
    const about = uses.map(
      ({ operation, input }) => `${operation.id}${input.isRequired ? '' : ' (optional)'}: ${input.help}`,
    );
    return [name, { type: typesOf(uses.map(({ input }) => input)), description: about.join('; ') }] as const;
  });
  const verbs = tableOperations.map(({ id, summary }) => `${id}: ${summary}`).join('; ');
  return {
    type: 'array',
    maxItems: limits.changes,
    items: {
      type: 'object',
      properties: {
        verb: { type: 'string', enum: tableOperations.map(({ id }) => id), description: verbs },
        ref: { type: 'string', description: 'connection/subscriptionId; not for create' },
        ...Object.fromEntries(values),
      },
      required: ['verb'],
      additionalProperties: { type: 'string' },
    },
  };
}

function typesOf(inputs: readonly Input[]): readonly string[] {
  return inputs.some(({ kind }) => kind === 'quantity') ? ['integer', 'string'] : ['string', 'boolean'];
}

async function run(context: AssistantContext, given: Given, call: Call): Promise<ObjectReply> {
  const changes = given.get('changes');
  const reason = given.get('reason');
  const said = typeof reason === 'string' ? reason : null;
  const unfit = reasonFault(said);
  if (unfit !== null) throw new FaultError(unfit);
  const requests = requestsOf(Array.isArray(changes) ? changes.filter((change) => typeof change === 'object') : []);
  const { signal, say, client } = call;
  const input = { args: {}, rest: [], flags: {}, signal, say, ask: null, stdin: async () => '' };
  const { plan, leftOut, missing } = await planRequests(context, input, requests, {
    ...{ by: osUser(), proposedBy: client, source: 'an assistant', reason: said },
  });
  const why = leftOut.map(({ asked, fault: problem, sentence }) => ({
    ref: asked.seen?.ref ?? ('ref' in asked.writeRequest ? asked.writeRequest.ref : null),
    why: problem === null ? sentence : `${problem.message} ${problem.next}`,
  }));
  if (plan.rows.length === 0) return nothing(why, missing);
  signal.throwIfAborted();
  const { name, path } = context.proposals.save(plan);
  const json = {
    ...{ name, file: path, proposedBy: client },
    toReview: `subdeck plan show ${fileWord(path)}`,
    toRun: `subdeck plan run ${fileWord(path)}`,
    accounts: accountsOf(plan),
    changes: plan.rows.map(({ row, ref, verb, sentence, rule, irreversible, before, after, money }) => {
      return { row, ref, verb, sentence, rule, irreversible, before, after, money: moneyIn({ money }) };
    }),
    money: planMoneyTotals(plan.rows.map(moneyIn)),
    leftOut: why,
  };
  return { kind: 'object', json, sections: [], exit: missing.length > 0 ? 'partial' : 'ok', faults: missing };
}

/** Nothing is saved. */
function nothing(leftOut: readonly object[], missing: readonly Fault[]): ObjectReply {
  const json = { name: null, file: null, changes: [], leftOut };
  return { kind: 'object', json, sections: [], exit: missing[0]?.kind ?? 'ok', faults: missing };
}

/** Throws a `usage` fault for the first change that cannot be asked for; then nothing is planned. */
function requestsOf(changes: readonly Change[]): readonly WriteRequest[] {
  const seen = new Map<string, number>();
  return changes.map((change, index) => {
    const { verb = '', ref = '', ...given } = change;
    const number = index + 1;
    const operation = tableOperation(verb);
    if ('problem' in operation) throw wrong(number, operation.problem, operation.next);
    const stranger = Object.keys(given).find((name) => !operation.inputs.some((input) => input.name === name));
    if (stranger !== undefined && operation.otherInputs === 'refused') {
      const takes = operation.inputs.map(({ name }) => name).join(', ');
      throw wrong(number, `${verb} does not use ${stranger}`, takes === '' ? 'It takes none.' : `It takes ${takes}.`);
    }
    const unusable = rowProblem(operation, ref, given, (name) => name);
    if (unusable !== null) throw wrong(number, unusable.problem, unusable.next);
    const request = operation.request(ref, given);
    const unwritable = writeRequestTextFault(request);
    if (unwritable !== null) throw wrong(number, unwritable.message, unwritable.next);
    const key = targetKey(request);
    const earlier = key === null ? undefined : seen.get(key);
    if (earlier !== undefined)
      throw wrong(number, `change ${earlier} is about the same target`, 'Keep one of the two.');
    if (key !== null) seen.set(key, number);
    return request;
  });
}

function wrong(number: number, problem: string, next: string): FaultError {
  const message = `Change ${number}: ${problem.replace(/\.$/, '')}.`;
  return fault('usage', message, `${next} Nothing was planned.`);
}
