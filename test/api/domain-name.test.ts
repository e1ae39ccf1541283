import { expect, test } from 'vitest';
import { domainName } from '../../src/api/domain-name.ts';
import { domainOfSite } from '../../src/api/interworks/assumptions.ts';
import { safeText } from '../../src/api/text.ts';

test.each([
  ['acme.example', 'acme.example'],
  [' ACME.Example. ', 'acme.example'],
  ['köhler.example', 'köhler.example'],
  ['xn--khler-jua.example', 'xn--khler-jua.example'],
  ['東海.example', '東海.example'],
])('reads %j as a domain', (text, domain) => {
  expect(domainName(safeText(text))).toBe(domain);
});

test.each([
  ...[
    '',
    '-',
    'acme',
    'Acme Oy',
    'Acme Inc.',
    '10.0.0.1',
    'it@acme.example',
    'https://acme.example',
    'acme.example/shop',
  ],
  ...[
    'acme..example',
    '.acme.example',
    'acme.ex\u202eample',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(200)}example`,
  ],
])('reads %j as none', (text) => {
  expect(domainName(safeText(text))).toBeNull();
});

test.each([
  ['https://www.Acme.example/', 'acme.example'],
  ['http://acme.example', 'acme.example'],
  ['www.acme.example', 'acme.example'],
  ['acme.example', 'acme.example'],
  ['https://pages.example/acme', null],
  ['https://acme.example:8443/', null],
  ['none', null],
])('takes the domain of the web site %j', (site, domain) => {
  expect(domainOfSite(safeText(site))).toBe(domain);
});
