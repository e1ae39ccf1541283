import { type Fault, FaultError, fault } from '../model/fault.ts';
import { parseReference } from '../model/reference.ts';
import type { WriteRequest } from '../operations/registry.ts';
import { targetOf } from '../operations/requests.ts';
import type { Plan, WriteResult } from '../writes/contract.ts';
import { writeRequestTextFault } from '../writes/request-text.ts';
import type { Input, SendingWords } from './command.ts';
import { confirmed } from './confirm.ts';
import type { Context } from './context.ts';
import { findSubscription } from './find.ts';
import { flag, isOn, reasonOf, wholeNumber } from './given-values.ts';
import type { Reply, WriteReply } from './reply.ts';
import { wellEnded } from './reply-ending.ts';
import { writeShape } from './row-shapes.ts';
import { waitFlag } from './standard-flags.ts';
import { waitForVendor } from './wait.ts';

/** The command of a write: the request, then plan, confirmation, sending and waiting, the same for every operation. */
export function writeWords(
  words: Omit<SendingWords, 'effect' | 'kind' | 'output' | 'run' | 'writeRequest'> & {
    writeRequest(context: Context, input: Input): Promise<WriteRequest>;
  },
): SendingWords {
  return {
    ...words,
    effect: 'vendor',
    output: writeShape,
    kind: 'write',
    run: async (context, input) => perform(context, input, words.writeRequest),
  };
}

async function perform(
  context: Context,
  input: Input,
  writeRequestOf: (context: Context, input: Input) => Promise<WriteRequest>,
): Promise<Reply> {
  const wait = flag(input, waitFlag);
  const seconds = wait === null ? null : wholeNumber(wait, '--wait');
  const dryRun = isOn(input, 'dry-run');
  const denied = dryRun ? null : context.writes.denied();
  if (denied) throw new FaultError(denied);
  if (context.mode.offline)
    throw fault(
      'denied',
      'A plan reads the current state from the vendor, and offline mode does not read from vendors.',
      'Leave out --offline.',
    );

  const reason = reasonOf(input);
  const writeRequest = await writeRequestOf(context, input);
  const unwritable = writeRequestTextFault(writeRequest);
  if (unwritable !== null) throw new FaultError(unwritable);
  const ref = targetOf(writeRequest);
  const seen = ref === null ? null : await findSubscription(context, input, ref, []);
  const planned = await context.writes.plan(writeRequest, seen, input.signal);
  if (planned.kind === 'fault') throw new FaultError(planned.fault);
  if (planned.kind === 'nothing') {
    if (dryRun) input.say(planned.sentence);
    return dryRun ? { kind: 'plan', plans: [], ...wellEnded } : nothingToDo(planned.sentence);
  }
  const { plan } = planned;
  if (dryRun) return { kind: 'plan', plans: [plan], ...wellEnded };
  const answer = await confirmed(plan, context.settings.guard, input);
  if (answer !== 'yes') return { kind: 'plan', plans: [plan], exit: 'usage', faults: [answer] };

  context.writes.arming.arm(plan.connection, 'command');
  const send = () => context.writes.apply(plan, { reason });
  const result = await (input.holding ? input.holding(send) : send());
  const reply = written(plan, result);
  const ended =
    isOn(input, waitFlag) && result.outcome === 'accepted' && result.journalId
      ? await waitForVendor(context, input, reply, result.journalId, seconds)
      : reply;
  const hint = isOn(input, 'json') ? null : wayBackHint(ended, result.wayBack);
  if (hint !== null) input.say(hint);
  return ended;
}

/** What takes it back, for a person. */
function wayBackHint({ outcome }: WriteReply, wayBack: WriteResult['wayBack']): string | null {
  if (wayBack === undefined || (outcome !== 'done' && outcome !== 'accepted')) return null;
  if (wayBack.kind === 'none') return `It cannot be taken back: ${wayBack.why}`;
  return `${outcome === 'done' ? 'To take it back' : 'To take it back once it is done'}: ${wayBack.words}`;
}

function nothingToDo(sentence: string): WriteReply {
  return { kind: 'write', outcome: 'done', sentence, journalId: null, request: null, ...wellEnded };
}

function written(
  plan: Plan,
  { outcome, journalId, request, fault: trouble, createdRef, left, wayBack }: WriteResult,
): WriteReply {
  const faults: readonly Fault[] = trouble ? [trouble] : [];
  const sentence = {
    done: [`${createdRef ? `Done: ${createdRef}.` : 'Done.'} ${plan.sentence}`, ...(left ? [left] : [])].join(' '),
    accepted: request?.answeredDone
      ? `Sent; ${connectionOf(plan)} reports it done but does not show it yet. ${plan.sentence}`
      : `Accepted; ${connectionOf(plan)} works on it. ${plan.sentence}`,
    refused: 'Refused; nothing was changed.',
    unknown: 'Sent; the outcome is unknown.',
    unsent: 'Not sent.',
  }[outcome];
  return {
    kind: 'write',
    // An unsent write changed nothing, as a refused one; the exit code tells the two apart.
    outcome: outcome === 'unsent' ? 'refused' : outcome,
    sentence,
    journalId,
    request,
    ...(wayBack?.kind === 'offered' ? { wayBack: wayBack.words } : {}),
    exit:
      outcome === 'done' || outcome === 'accepted'
        ? 'ok'
        : (trouble?.kind ?? (outcome === 'unknown' ? 'unknown' : 'refused')),
    faults,
  };
}

function connectionOf({ ref, connection }: Plan): string {
  return parseReference(ref)?.connection ?? connection;
}
