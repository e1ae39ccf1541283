import type { Answer, Draft, Notes, Step } from '../api/contract.ts';
import type { Fault } from '../model/fault.ts';
import type { Json, SafeText } from '../model/text.ts';

const cover = '[licence key]';

/**
 * A licence key's draft with the key removed from everything displayed or stored: the record says that there is one,
 * never which. Vendors repeat a bad key in error messages, so answers are cleaned too.
 */
export function withoutKey(draft: Draft, key: string, had: boolean): Draft {
  const clean = hide(key);
  const step = (each: Step): Step => ({
    ...each,
    name: clean(each.name),
    path: clean(each.path),
    ...(each.body === undefined ? {} : { body: cleanBody(each.body, clean) }),
    send: async (earlier, permit) => cleanAnswer(await each.send(earlier, permit), clean),
  });
  const [first, ...rest] = draft.steps;
  return {
    ...draft,
    sentence: clean(draft.sentence),
    rule: clean(draft.rule),
    before: { licenseKey: had ? 'set' : 'none' },
    after: { licenseKey: 'set' },
    steps: [step(first), ...rest.map(step)],
  };
}

type Clean = <Text extends string>(text: Text) => Text;

function hide(key: string): Clean {
  // The key as given, URL-encoded, and JSON-encoded.
  const forms = [key, key.trim(), encodeURIComponent(key), JSON.stringify(key).slice(1, -1)];
  const literal = (form: string): string => form.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const shape = new RegExp(
    [...new Set(forms)]
      .sort((a, b) => b.length - a.length)
      .map(literal)
      .join('|'),
    'gi',
  );
  // Removing text from safe text and inserting plain letters keeps it safe.
  return <Text extends string>(text: Text) => text.replaceAll(shape, cover) as Text;
}

function cleanAnswer(answer: Answer, clean: Clean): Answer {
  if (answer.outcome === 'done') return { ...answer, notes: cleanNotes(answer.notes, clean) };
  if (answer.outcome === 'accepted') {
    const vendorState = cleanText(answer.vendorState, clean);
    return { ...answer, notes: cleanNotes(answer.notes, clean), vendorState };
  }
  const { vendor } = answer.fault;
  const cleaned: Fault = {
    ...answer.fault,
    message: clean(answer.fault.message),
    next: clean(answer.fault.next),
    vendor:
      vendor === null
        ? null
        : { ...vendor, code: cleanText(vendor.code, clean), message: cleanText(vendor.message, clean) },
  };
  return { ...answer, fault: cleaned };
}

function cleanNotes(notes: Notes, clean: Clean): Notes {
  return Object.fromEntries(
    Object.entries(notes).map(([name, value]) => [name, typeof value === 'string' ? clean(value) : value]),
  );
}

function cleanBody(body: Json, clean: Clean): Json {
  if (typeof body === 'string') return clean(body);
  if (typeof body !== 'object' || body === null) return body;
  const entries = Object.entries(body).map(([name, value]) => [name, cleanBody(value, clean)] as const);
  return Array.isArray(body) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

function cleanText(text: SafeText | null, clean: Clean): SafeText | null {
  return text === null ? null : clean(text);
}
