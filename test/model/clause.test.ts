import { expect, test } from 'vitest';
import { clause } from '../../src/model/clause.ts';

test.each([
  ['Cancel Backup 100.', 'Cancel Backup 100'],
  ['Cancel Backup of Muñoz S.L.', 'Cancel Backup of Muñoz S.L.'],
  ['Create 5 × Mail (Mail) for Rossi S.r.l.', 'Create 5 × Mail (Mail) for Rossi S.r.l.'],
  ['Cancel Adria d.o.o.', 'Cancel Adria d.o.o.'],
  ['Suspend Contoso Inc.', 'Suspend Contoso Inc.'],
  ['Suspend Brothers & Co. ', 'Suspend Brothers & Co.'],
  ['Suspend Zinc.', 'Suspend Zinc'],
  ['Suspend mail.example.com.', 'Suspend mail.example.com'],
  ['Lower the quantity to 5.', 'Lower the quantity to 5'],
  ['The vendor said no', 'The vendor said no'],
  ['', ''],
])('turns %j into the clause %j', (sentence, told) => {
  expect(clause(sentence)).toBe(told);
});
