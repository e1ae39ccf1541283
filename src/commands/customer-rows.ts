import { type Organization, referenceOf } from '../customers/organization.ts';
import { dateWords } from '../model/date-words.ts';
import { shellWord } from '../model/shell-word.ts';
import type { Section } from './reply.ts';

/** An organization of a customer in JSON, key by key. */
export function organizationJson({ id, name, domain, pins, link }: Organization): object {
  return {
    ...{ id, name, domain, connections: pins.map(({ connection }) => connection) },
    linked: link?.action === 'link' ? { customer: link.customer, by: link.by, at: link.at } : null,
  };
}

/** The same as a line for people. */
export function organizationField(organization: Organization): Section['fields'][number] {
  const { name, link } = organization;
  const said = link?.action === 'link' ? `, linked by ${link.by}, ${dateWords(link.at)}` : '';
  const place = referenceOf(organization);
  return place === null
    ? { label: organization.id, value: `${name}, which no connection shows${said}` }
    : { label: place, value: `${name}${said}` };
}

/** The command that links organizations to a customer. */
export function linkWords(customer: string, organizations: readonly Organization[]): string {
  const places = organizations.flatMap((each) => referenceOf(each) ?? []);
  return ['subdeck customer link', ...[customer, ...places].map(shellWord)].join(' ');
}
