import { expect, test } from 'vitest';
import { portalOf } from '../../src/api/portal.ts';
import { vendors } from '../../src/api/registry.ts';
import { vendorIn } from '../../src/api/vendor-kind.ts';
import { withDefaults } from '../../src/model/setting-check.ts';
import { acme } from '../vendors/acme/api/vendor.ts';

const nowhere = { organization: null, subscription: null };

test('each vendor has an address for its portal, or says that it is not known', () => {
  const settings = { tenant: 'csp.example.com' };
  const found = [...vendors.values()].map((kind) => {
    const base = kind.id === 'interworks' ? { baseUrl: 'https://bss.example.com:8443/public/api' } : {};
    return [kind.id, Object.values(portalOf(kind, withDefaults({ ...settings, ...base }, kind.settings), nowhere))[0]];
  });
  expect(Object.fromEntries(found)).toEqual({
    cloudmore: 'The address of the Cloudmore portal is not known.',
    interworks: 'https://bss.example.com:8443/',
    vmware: 'https://console.navigator.vmware.com/',
    lineworks: 'The address of the LINE WORKS Partner Console is not known.',
    cloudcockpit: 'https://csp.example.com/',
  });
});

test('a sandbox has a portal on this machine or none', () => {
  const baseUrl = 'http://127.0.0.1:4711/x';
  const of = (id: 'interworks' | 'cloudcockpit') =>
    portalOf(vendorIn(vendors, id), { baseUrl, tenant: 'a.example' }, nowhere);
  expect(of('interworks')).toEqual({ address: 'http://127.0.0.1:4711/' });
  expect(of('cloudcockpit')).toEqual({
    no: 'This connection is to this machine, so its portal is not that of CloudCockpit.',
  });
});

test.each([
  ['http://portal.example/'],
  ['javascript:alert(1)'],
  ['file:///etc/passwd'],
  ['https://user:secret@portal.example/'],
  ['https://'],
  [`https://portal.example/${'a'.repeat(2000)}`],
])('an address that no browser may get is not known (%#)', (address) => {
  const kind = { title: 'Acme', portal: () => ({ address }) };
  expect(portalOf(kind, { baseUrl: 'https://api.example' }, nowhere)).toHaveProperty('no');
});

test('an id is one percent-encoded segment of the path', () => {
  const page = (subscription: string) => portalOf(acme, {}, { organization: 'o', subscription });
  const ids = ['a b/../?x=1#y', '"; rm -rf ~', '%2e%2e', '-h', '$(id)', 'ä\u202e\n\u001b[31m'];
  expect(ids.map(page)).toEqual(
    ids.map((id) => ({ address: `https://portal.acme.example/subscriptions/${encodeURIComponent(id)}` })),
  );
  for (const id of ['', '.', '..', '\ud800']) expect(page(id)).toHaveProperty('no');
});
